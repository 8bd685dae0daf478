CREATE TABLE "Thing" (id int PRIMARY KEY, "Name" text, password text);
