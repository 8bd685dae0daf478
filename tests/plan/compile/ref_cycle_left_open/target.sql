CREATE TABLE teams (id uuid PRIMARY KEY, lead_id uuid NOT NULL, name text);
CREATE TABLE people (id uuid PRIMARY KEY, team_id uuid REFERENCES teams);
ALTER TABLE teams ADD FOREIGN KEY (lead_id) REFERENCES people;
