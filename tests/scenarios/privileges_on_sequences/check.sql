SELECT count(*) FROM clinics HAVING count(*) <> 5;
SELECT count(*) FROM visits HAVING count(*) <> 21;
