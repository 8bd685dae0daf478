WITH expected AS (
  SELECT CASE WHEN n <= 4 THEN n + 100 ELSE n END AS legacy_id, CASE WHEN n % 5 + 1 = 2 THEN 12 ELSE n % 5 + 1 END AS clinic,
    CASE n WHEN 4 THEN 'p29' ELSE 'p' || n END AS email
  FROM generate_series(1, 28) AS n UNION ALL SELECT 200, 1, 'p30'
), found AS (SELECT p.legacy_id, c.legacy_id, p.email FROM patients AS p JOIN clinics AS c ON c.id = p.clinic_id)
(TABLE expected EXCEPT TABLE found) UNION ALL (TABLE found EXCEPT TABLE expected);
SELECT legacy_id, code FROM clinics EXCEPT VALUES (1, 'C1'), (12, 'C2'), (3, 'C3'), (4, 'C4'), (5, 'C5');
