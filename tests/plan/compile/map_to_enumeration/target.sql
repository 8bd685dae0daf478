CREATE TYPE state AS ENUM ('new', 'old');
CREATE TABLE things (
  id uuid PRIMARY KEY, decided state NOT NULL, held state, empty state, other state NOT NULL, plain state, same state,
  fixed state NOT NULL, words text);
