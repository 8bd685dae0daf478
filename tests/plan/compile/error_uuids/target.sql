CREATE TABLE things (id uuid PRIMARY KEY, second uuid, number bigint);
CREATE TABLE naive (id uuid PRIMARY KEY);
