CREATE TYPE mood AS ENUM ('glad');
CREATE TABLE loose (name text);
CREATE TABLE coded (code text PRIMARY KEY, name text);
CREATE TABLE moods (mood mood PRIMARY KEY);
