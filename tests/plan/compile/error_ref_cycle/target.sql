CREATE TABLE teams (id uuid PRIMARY KEY, lead_id uuid NOT NULL);
CREATE TABLE people (id uuid PRIMARY KEY, team_id uuid NOT NULL REFERENCES teams);
ALTER TABLE teams ADD CONSTRAINT "has a lead" FOREIGN KEY (lead_id) REFERENCES people;
CREATE TABLE rooms (id uuid PRIMARY KEY, team_id uuid NOT NULL);
CREATE TABLE boxes (id uuid PRIMARY KEY, number int UNIQUE, outer_id int NOT NULL REFERENCES boxes (number));
CREATE TABLE lids (id uuid UNIQUE, box_id uuid PRIMARY KEY);
