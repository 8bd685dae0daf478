SELECT count(*) FROM clinics HAVING count(*) <> 198;
SELECT count(*) FROM patients WHERE archived HAVING count(*) <> 6;
SELECT run_id, entity, sum(deleted), sum(marked) FROM rehome.batch GROUP BY 1, 2 HAVING sum(deleted) + sum(marked) > 0
EXCEPT VALUES (2, 'clinics', 2, 0), (6, 'patients', 0, 4), (8, 'patients', 0, 2);
