CREATE TABLE things (id uuid PRIMARY KEY, name text, whole text, metadata jsonb);
