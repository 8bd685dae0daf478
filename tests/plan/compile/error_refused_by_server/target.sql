CREATE TABLE things (id uuid PRIMARY KEY, name text, sum int, mapped text, ended text);
