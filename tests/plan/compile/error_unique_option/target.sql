CREATE TABLE people (id uuid PRIMARY KEY, name text, email text NOT NULL UNIQUE);
