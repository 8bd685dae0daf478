CREATE TABLE parents (id uuid PRIMARY KEY, name text);
CREATE TABLE children (id uuid PRIMARY KEY, parent_id uuid NOT NULL REFERENCES parents);
