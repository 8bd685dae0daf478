-- Every row of the source, derived by hand, against what stands in the target.
WITH expected AS (
  SELECT n AS legacy_id, 'Patient ' || n AS name, CASE n WHEN 0 THEN 6 WHEN 1001 THEN 1 ELSE 1 + n % 5 END AS clinic
  FROM generate_series(0, 1001) AS n
), found AS (
  SELECT p.legacy_id, p.name, c.legacy_id AS clinic FROM patients AS p JOIN clinics AS c ON c.id = p.clinic_id
)
(TABLE expected EXCEPT TABLE found) UNION ALL (TABLE found EXCEPT TABLE expected);
SELECT 'clinics', count(*) FROM clinics HAVING count(*) <> 6;
-- The third run, and no other, wrote exactly three rows.
SELECT run_id, sum(inserted) FROM rehome.batch GROUP BY run_id
EXCEPT VALUES (1, 1005), (2, 0), (3, 3), (4, 0);
