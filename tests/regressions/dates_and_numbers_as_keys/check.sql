SELECT day, rate FROM rates EXCEPT (SELECT date '1999-12-20' + n, round(CASE WHEN n = 12 THEN 1 ELSE round(n / 7.0, 6) END, 8) FROM generate_series(1, 30) AS n UNION ALL VALUES (date '2001-01-01', 2.0));
SELECT at, number, note FROM points EXCEPT SELECT timestamptz '2020-01-01 00:00:00.123456Z' + n * interval '7 hours', n / 100.0, CASE WHEN n = 5 THEN 'Other' ELSE 'POINT ' || n END FROM generate_series(1, 30) AS n;
SELECT (SELECT count(*) FROM rates), (SELECT count(*) FROM points) WHERE (SELECT count(*) FROM rates) <> 31 OR (SELECT count(*) FROM points) <> 30;
