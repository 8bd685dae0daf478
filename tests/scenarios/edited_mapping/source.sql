CREATE TABLE "Line's ""table""" (number integer, "co de" text, words text, note text, price numeric, PRIMARY KEY (number, "co de"));
INSERT INTO "Line's ""table""" SELECT n, 'K"' || n % 3 || ',{}\', 'words ' || n, 'note ' || n, n FROM generate_series(1, 30) AS n;
