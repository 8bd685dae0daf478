CREATE TABLE thing (
  id int PRIMARY KEY, moment timestamptz, milli timestamptz(3), naive timestamp, day date, length interval, hour time);
