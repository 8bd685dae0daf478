CREATE TABLE things (id uuid PRIMARY KEY, name text, kind text, country text, color text, size int, weight int, folded text);
