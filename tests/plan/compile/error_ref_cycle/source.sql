CREATE TABLE team (id int PRIMARY KEY, lead_id int);
CREATE TABLE person (id int PRIMARY KEY, team_id int);
CREATE TABLE box (id int PRIMARY KEY, outer_id int);
