CREATE TABLE things (id int PRIMARY KEY, name text);
CREATE TABLE words (id uuid PRIMARY KEY, word text);
