CREATE TABLE parents (id uuid PRIMARY KEY, name text);
CREATE TABLE others (id uuid PRIMARY KEY, name text);
CREATE TABLE children (id uuid PRIMARY KEY, parent_id uuid);
