-- A tree: 1 over 2 and 4 and 6, 2 over 3; 5 hangs on what is not there.
CREATE TABLE folder (id integer PRIMARY KEY, parent integer, name text);
INSERT INTO folder VALUES (1, NULL, 'top'), (2, 1, 'second'), (3, 2, 'third'), (4, 1, 'fourth'), (5, 90, 'fifth'), (6, 1, 'new');
