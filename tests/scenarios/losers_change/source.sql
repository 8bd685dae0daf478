CREATE TABLE person (id integer PRIMARY KEY, email text, number integer);
INSERT INTO person VALUES (1, 'a@example.org', 1), (2, 'A@example.org', 1), (3, 'a@example.org', 1), (4, 'b@example.org', 4), (5, 'c@example.org', 5), (6, 'c@example.org', 5);
