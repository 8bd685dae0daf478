CREATE DOMAIN short_code AS char(2);
CREATE TABLE countries (code short_code PRIMARY KEY, legacy_code char(10), name text);
CREATE TABLE rates (country short_code REFERENCES countries, amount numeric(5,2), marks numeric(5,2)[], document jsonb,
  PRIMARY KEY (country, amount, marks, document));
CREATE TABLE towns (code varchar(2), population numeric, legacy_code text, PRIMARY KEY (code, population));
