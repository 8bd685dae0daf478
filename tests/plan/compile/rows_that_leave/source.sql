CREATE TABLE patient (id integer PRIMARY KEY, last_visit_id integer, boss_id integer);
CREATE TABLE visit (patient_id integer, number integer, note text, PRIMARY KEY (patient_id, number));
CREATE TABLE note (id bigint PRIMARY KEY, words text);
