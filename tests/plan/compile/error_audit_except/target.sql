CREATE TABLE people (id uuid PRIMARY KEY, metadata jsonb, copy jsonb);
