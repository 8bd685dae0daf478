(SELECT n, 'one@example.org', 25.00, 10.00, 'plain', '{"a": 1}'::jsonb, 'Item ' || n FROM generate_series(1, 500) AS n WHERE n NOT IN (170, 171)
 EXCEPT SELECT legacy_id, email, piece_price, price, kind, settings, name FROM items);
SELECT count(*) FROM items HAVING count(*) <> 498;
