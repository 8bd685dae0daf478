CREATE TABLE office (code text PRIMARY KEY, name text);
CREATE TABLE item (id integer PRIMARY KEY, office text, rank text, name text, price numeric, body text);
INSERT INTO office SELECT 'O' || n, repeat('long ', n) FROM generate_series(1, 90) AS n;
INSERT INTO item SELECT n * 3, 'O' || 1 + n % 95, 'r' || n % 180, repeat('x', n % 70), n / 7.0, repeat(md5(n::text), 40) FROM generate_series(1, 200) AS n;
