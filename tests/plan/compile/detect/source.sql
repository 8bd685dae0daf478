CREATE TABLE thing (id int PRIMARY KEY, name text, hidden boolean, changed_at timestamptz);
CREATE TABLE naive (id int PRIMARY KEY, name text, changed_at timestamp);
CREATE TABLE numbered (id int PRIMARY KEY, name text, version int);
