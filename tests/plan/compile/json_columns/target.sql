CREATE TABLE things (id uuid PRIMARY KEY, checked jsonb, text json, made jsonb, kept json, newer jsonb, fixed jsonb);
