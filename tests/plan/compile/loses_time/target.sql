CREATE TABLE things (
  id uuid PRIMARY KEY, second timestamptz(0), naive timestamptz, naive_second timestamptz(0), kept timestamp, day date,
  start timestamp, milli timestamptz(3), length interval(0), years interval year to month, hour time(0));
