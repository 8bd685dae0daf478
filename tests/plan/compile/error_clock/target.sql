CREATE TABLE things (id uuid PRIMARY KEY, name text, age int, span int, day date, token uuid);
