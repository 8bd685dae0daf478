-- Emails: the first id of each address keeps it.
WITH address AS (
  SELECT n AS id, CASE WHEN n NOT IN (5, 6) THEN 'p' || n % 20 || '@example.org' END AS email FROM generate_series(1, 60) AS n
), expected AS (
  SELECT id, CASE WHEN id = min(id) OVER (PARTITION BY email) THEN email END AS email FROM address
)
(TABLE expected EXCEPT SELECT legacy_id, email FROM empty_emails);
SELECT count(*) FROM empty_emails HAVING count(*) <> 60;
-- Numbers: 1 to 25 but for 7, which is taken; then the changed ones.
(SELECT n, n % 25 FROM generate_series(1, 25) AS n WHERE n <> 7 UNION ALL SELECT n, 100 + n FROM generate_series(41, 60) AS n)
EXCEPT SELECT legacy_id, number FROM held_numbers;
SELECT count(*) FROM held_numbers HAVING count(*) <> 45;
