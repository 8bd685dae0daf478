CREATE TABLE "a ""quoted"".table" (id integer PRIMARY KEY, name text);
INSERT INTO "a ""quoted"".table" VALUES (1, 'One');
