WITH expected AS (
  SELECT n AS legacy_id, CASE WHEN n = 40 THEN 'edited' WHEN n <= 3 THEN 'New ' || n ELSE 'Person ' || n END AS name FROM generate_series(1, 50) AS n WHERE n NOT IN (30, 31)
  UNION ALL VALUES (999, 'of an earlier migration'), (NULL, 'born in the application'), (NULL, 'own')
)
(TABLE expected EXCEPT ALL SELECT legacy_id, name FROM people) UNION ALL (SELECT legacy_id, name FROM people EXCEPT ALL TABLE expected);
