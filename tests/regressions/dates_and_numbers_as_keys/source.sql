CREATE TABLE rate (day date PRIMARY KEY, rate numeric(12,6));
CREATE TABLE point (at timestamptz, number numeric, note text, PRIMARY KEY (at, number));
INSERT INTO rate SELECT date '1999-12-20' + n, n / 7.0 FROM generate_series(1, 30) AS n;
INSERT INTO point SELECT timestamptz '2020-01-01 00:00:00.123456Z' + n * interval '7 hours', n / 100.0, 'Point ' || n FROM generate_series(1, 30) AS n;
