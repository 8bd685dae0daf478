CREATE TABLE city (id int PRIMARY KEY, name text);
CREATE TABLE store (id int PRIMARY KEY, manager_id int, city_id int);
CREATE TABLE staff (id int PRIMARY KEY, store_id int, boss_id int, friend_id int);
CREATE TABLE folder (id int PRIMARY KEY, parent_id int);
CREATE TABLE visit (id int PRIMARY KEY, store_id int);
