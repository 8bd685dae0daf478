CREATE TABLE "Order" (
  "Id" uuid PRIMARY KEY, "Legacy Id" int UNIQUE, "select" text UNIQUE, "Quote""d" int, "per%cent {0}" text, ordinal text,
  CONSTRAINT "not 'too' big" CHECK ("Quote""d" < 1000));
