-- Values that a terminal would obey, and a composite key.
CREATE TABLE note (id integer PRIMARY KEY, body text);
INSERT INTO note VALUES (1, 'fine'), (2, E'red \x1b[31m\n  held     forged: second line\u202egpj\u009b2J\x7f');
CREATE TABLE line (order_id integer, line_no integer, title text, PRIMARY KEY (order_id, line_no));
INSERT INTO line VALUES (13400, 1, 'bad'), (13400, 2, 'good');
CREATE TABLE tag (name text PRIMARY KEY, title text);
INSERT INTO tag VALUES ('it''s {1}', 'bad'), (E'{two\n', 'bad');
