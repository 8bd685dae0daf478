-- An amount that is either in one table or in the other, never in both and never in none.
CREATE TABLE open_invoice (id integer PRIMARY KEY, amount integer NOT NULL);
CREATE TABLE paid_invoice (id integer PRIMARY KEY, amount integer NOT NULL);
INSERT INTO open_invoice SELECT n, 100 + n FROM generate_series(1, 400) AS n;
