CREATE TABLE thing (id int PRIMARY KEY, name text, version int, made_at timestamptz, changed_at timestamptz);
