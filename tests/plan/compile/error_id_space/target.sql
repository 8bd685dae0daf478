CREATE TABLE users (id uuid PRIMARY KEY, name text, code uuid UNIQUE, label varchar(8) UNIQUE);
CREATE TABLE doctors (id uuid PRIMARY KEY, user_id uuid NOT NULL REFERENCES users, code uuid UNIQUE);
CREATE TABLE pairs (a int, b int, PRIMARY KEY (a, b));
CREATE TABLE orders (
  id uuid PRIMARY KEY, doctor_id uuid REFERENCES doctors, number bigint, code uuid REFERENCES doctors (code), pair_id int,
  approved_by uuid NOT NULL, user_code uuid REFERENCES users (code),
  old_code uuid, by_name text, short varchar(4), pair_a int, pair_b int, FOREIGN KEY (pair_a, pair_b) REFERENCES pairs);
