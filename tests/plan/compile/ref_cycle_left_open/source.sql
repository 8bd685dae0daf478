CREATE TABLE team (id int PRIMARY KEY, lead_id int, name text);
CREATE TABLE person (id int PRIMARY KEY, team_id int);
