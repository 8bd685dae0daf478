CREATE TABLE things (id uuid PRIMARY KEY, name text, lower_name text GENERATED ALWAYS AS (lower(name)) STORED);
CREATE VIEW all_things AS SELECT * FROM things;
