CREATE TABLE lines (number integer, "co'de" text, words text, "no""te" text, price numeric(10,2), old text, PRIMARY KEY (number, "co'de"));
