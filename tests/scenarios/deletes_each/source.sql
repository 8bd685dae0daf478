-- One row becomes several: elements of a JSON array, of a text array, and columns that become rows.
CREATE TABLE invoice (id integer PRIMARY KEY, customer text, lines jsonb, tags text[], upper numeric(8,2), lower numeric(8,2));
INSERT INTO invoice SELECT n, 'Customer ' || n,
  (SELECT jsonb_agg(jsonb_build_object('quantity', n * 10 + i)) FROM generate_series(1, n % 4) AS i),
  (SELECT array_agg('tag' || i) FROM generate_series(1, n % 3) AS i),
  n, CASE WHEN n % 2 = 0 THEN n * 2 END FROM generate_series(1, 20) AS n;
