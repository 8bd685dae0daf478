CREATE TABLE dispatch_thing (id int PRIMARY KEY, name text);
CREATE TABLE dispatch_doctorsetting (user_id int PRIMARY KEY);
