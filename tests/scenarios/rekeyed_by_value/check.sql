SELECT n FROM generate_series(1, 10) AS n WHERE NOT EXISTS (SELECT FROM clinics WHERE code = 'C' || n);
SELECT target_code, count(*) FROM rehome.ledger_clinics WHERE removal IS NULL GROUP BY 1 HAVING count(*) > 1;
