-- Keys that are unique, but may be NULL: nothing tells the rows without one apart.
CREATE TABLE product (id integer PRIMARY KEY, code text UNIQUE, name text NOT NULL, draft boolean NOT NULL DEFAULT false);
CREATE TABLE shelf (hall integer, number integer, product_code text, UNIQUE (hall, number));
INSERT INTO product SELECT n, CASE WHEN n % 10 > 0 THEN 'P' || n END, 'Product ' || n, n % 20 = 0 FROM generate_series(1, 100) AS n;
INSERT INTO shelf SELECT nullif(h, 3), nullif(n, 4), 'P' || h * 10 + n FROM generate_series(1, 5) AS h, generate_series(1, 6) AS n;
