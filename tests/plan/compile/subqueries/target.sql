CREATE TABLE things (id uuid PRIMARY KEY, parts bigint, named bool, name text);
