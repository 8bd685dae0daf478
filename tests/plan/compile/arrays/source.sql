CREATE TABLE thing (id int PRIMARY KEY, tags text[], sums numeric[], written text, bits bit(3));
