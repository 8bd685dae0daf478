CREATE TABLE things (id uuid PRIMARY KEY, name text);
CREATE TABLE naives (id uuid PRIMARY KEY, name text);
CREATE TABLE numbereds (id uuid PRIMARY KEY, name text);
