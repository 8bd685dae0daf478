CREATE DOMAIN needed AS text NOT NULL;
CREATE TABLE things (
  id uuid PRIMARY KEY, name text, email text NOT NULL, word needed, made timestamptz NOT NULL DEFAULT now(),
  number int GENERATED ALWAYS AS IDENTITY, double int GENERATED ALWAYS AS (1) STORED NOT NULL);
CREATE TABLE pairs (a int, b int, PRIMARY KEY (a, b));
