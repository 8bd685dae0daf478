CREATE TABLE person (id integer PRIMARY KEY, email text, badge integer, note text);
INSERT INTO person SELECT n, 'p' || n || '@x', n, 'note' FROM generate_series(1, 30) AS n;
