CREATE TABLE country (code varchar(10) PRIMARY KEY, name text, population numeric NOT NULL);
CREATE TABLE rate (country varchar(10) NOT NULL, amount numeric NOT NULL, marks numeric[] NOT NULL, document jsonb NOT NULL,
  PRIMARY KEY (country, amount));
