-- Teams have a leader, who is a member of a team.
CREATE TABLE team (id integer PRIMARY KEY, name text, leader_id integer NOT NULL);
CREATE TABLE member (id integer PRIMARY KEY, team_id integer NOT NULL);
INSERT INTO team SELECT n, 'Team ' || n, n * 10 FROM generate_series(1, 8) AS n;
INSERT INTO member SELECT n, n / 10 FROM generate_series(10, 89) AS n;
