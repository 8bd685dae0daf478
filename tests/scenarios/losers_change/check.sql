SELECT * FROM (VALUES (1, 'z@example.org'), (2, 'a@example.org'), (3, NULL), (4, 'b@example.org'), (6, 'c@example.org')) AS expected EXCEPT SELECT legacy_id, email FROM empty_emails;
SELECT * FROM (VALUES (1, 100), (2, 1), (4, 4), (6, 5)) AS expected EXCEPT SELECT legacy_id, number FROM held_numbers;
SELECT count(*) FROM held_numbers HAVING count(*) <> 4;
