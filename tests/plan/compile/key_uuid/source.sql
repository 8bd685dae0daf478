CREATE TABLE thing (id uuid PRIMARY KEY, name text);
CREATE TABLE child (id int PRIMARY KEY, thing_id uuid);
