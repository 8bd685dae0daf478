CREATE TABLE thing (id int PRIMARY KEY, raw text, old json, new jsonb);
