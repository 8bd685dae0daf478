CREATE TABLE a (id uuid PRIMARY KEY, name text);
CREATE TABLE b (id uuid PRIMARY KEY, name text);
CREATE TABLE c (id uuid PRIMARY KEY, name text);
CREATE TABLE d (id uuid PRIMARY KEY, name text);
CREATE TABLE e (id uuid PRIMARY KEY, name text);
