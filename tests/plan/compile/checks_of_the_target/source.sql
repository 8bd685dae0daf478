CREATE TABLE node (id int PRIMARY KEY, a int, b int, c int, parent int, note text);
