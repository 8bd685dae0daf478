CREATE TABLE categories (id uuid PRIMARY KEY, legacy_id integer UNIQUE, parent_id uuid REFERENCES categories, name text);
CREATE TABLE teams (id uuid PRIMARY KEY, legacy_id integer UNIQUE, leader_id uuid, name text);
CREATE TABLE members (id uuid PRIMARY KEY, legacy_id integer UNIQUE, team_id uuid REFERENCES teams, name text);
ALTER TABLE teams ADD FOREIGN KEY (leader_id) REFERENCES members;
CREATE TABLE remarks (id uuid PRIMARY KEY, legacy_id integer UNIQUE, about_id uuid, text text);
