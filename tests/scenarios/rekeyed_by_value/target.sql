CREATE TABLE clinics (code text PRIMARY KEY, name text);
