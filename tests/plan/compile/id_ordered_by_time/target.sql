CREATE TABLE things (id uuid PRIMARY KEY, name text);
CREATE TABLE naive (id uuid PRIMARY KEY, token uuid);
