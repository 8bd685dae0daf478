CREATE TABLE persons (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, legacy_id bigint UNIQUE, name text NOT NULL, boss_id bigint REFERENCES persons);
CREATE TABLE addresses (id serial PRIMARY KEY, person_id bigint NOT NULL UNIQUE REFERENCES persons, street text, city text NOT NULL);
CREATE TABLE parts (id uuid PRIMARY KEY, kind text, number integer, parent_id uuid REFERENCES parts, name text, UNIQUE (kind, number));
CREATE TABLE skills (code text PRIMARY KEY, name text);
CREATE TABLE person_skills (person_id bigint NOT NULL REFERENCES persons, skill_code text NOT NULL REFERENCES skills, level integer, PRIMARY KEY (person_id, skill_code));
