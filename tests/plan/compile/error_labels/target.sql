CREATE TYPE state AS ENUM ('submitted', 'shipped');
CREATE TABLE things (id uuid PRIMARY KEY, state state, fixed state, other state);
