-- Every age is the one of the source, but for the one that both sides changed and the one that the target refuses.
SELECT legacy_id, age FROM people WHERE legacy_id <= 60 AND age <> CASE legacy_id WHEN 11 THEN 20 WHEN 40 THEN 40 WHEN 41 THEN 1 ELSE legacy_id END;
-- 61 waits for a clinic that nobody has; the others are there, and the friend of 63 is 62.
SELECT legacy_id FROM people WHERE legacy_id = 61;
SELECT n FROM unnest(ARRAY[10, 11, 12, 62, 63]) AS n WHERE NOT EXISTS (SELECT FROM people WHERE legacy_id = n);
SELECT p.legacy_id FROM people AS p LEFT JOIN people AS f ON f.id = p.friend_id WHERE p.legacy_id = 63 AND f.legacy_id IS DISTINCT FROM 62;
