SELECT n, 'Thing ' || n || ', new' FROM generate_series(1, 6) AS n EXCEPT SELECT legacy_id, name FROM slugs;
SELECT n, 'Thing ' || n || ', new' FROM generate_series(1, 6) AS n EXCEPT SELECT id, name FROM parts;
SELECT n, 'Thing ' || n || ', new' FROM generate_series(1, 6) AS n EXCEPT SELECT legacy_id, name FROM other_keys;
