-- One row becomes several: elements of a JSON array, of a text array, and columns that become rows. With a row that has none of them.
CREATE TABLE invoice (id integer PRIMARY KEY, customer text, lines jsonb, tags text[], upper numeric(8,2), lower numeric(8,2));
CREATE TABLE product (sku text PRIMARY KEY, name text);
INSERT INTO product SELECT 'S' || n, 'Product ' || n FROM generate_series(1, 10) AS n;
INSERT INTO invoice SELECT n, 'Customer ' || n % 7,
  (SELECT jsonb_agg(jsonb_build_object('sku', 'S' || 1 + (n + i) % 10, 'quantity', i, 'price', n * i / 4.0)) FROM generate_series(1, n % 4) AS i),
  (SELECT array_agg('tag' || i) FROM generate_series(1, n % 3) AS i),
  CASE WHEN n % 2 = 0 THEN n END, CASE WHEN n % 5 = 0 THEN n * 2 END FROM generate_series(1, 60) AS n;
-- A product that is absent, the same line twice, and an element that is no element.
UPDATE invoice SET lines = '[{"sku": "none", "quantity": 1, "price": 1}, {"sku": "S1", "quantity": 1, "price": 1}, {"sku": "S1", "quantity": 1, "price": 1}]' WHERE id = 1;
UPDATE invoice SET tags = ARRAY['one', NULL, 'two'] WHERE id = 3;
