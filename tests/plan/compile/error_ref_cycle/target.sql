CREATE TABLE teams (id uuid PRIMARY KEY, lead_id uuid NOT NULL);
CREATE TABLE people (id uuid PRIMARY KEY, team_id uuid NOT NULL);
CREATE TABLE boxes (id uuid PRIMARY KEY, outer_id uuid NOT NULL);
CREATE TABLE rooms (id uuid PRIMARY KEY, team_id uuid NOT NULL);
