-- An earlier script has brought 1 to 5, and 90, which the source has no longer; it hung 4 on another one.
CREATE TABLE folders (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), legacy_id integer, parent_id uuid REFERENCES folders, name text);
CREATE TABLE shelves (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), legacy_id integer, parent_id uuid REFERENCES shelves, name text);
CREATE TABLE boxes (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), parent_id uuid REFERENCES boxes, name text);
INSERT INTO folders SELECT md5(n::text)::uuid, n, md5(p::text)::uuid, t FROM (VALUES (1, NULL, 'top'), (2, 1, 'second'), (3, 2, 'third'), (4, 3, 'fourth'), (90, 1, 'old'), (5, 90, 'fifth')) AS v(n, p, t);
INSERT INTO shelves SELECT * FROM folders;
INSERT INTO boxes SELECT id, parent_id, name FROM folders;
