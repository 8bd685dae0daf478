CREATE TABLE things (
  id uuid PRIMARY KEY, rate numeric(5,4), same numeric(8,2), wide numeric, exact numeric(10,3), small int, whole bigint,
  counted smallint, single real, double float8, digits float8, parsed int, flag bool, sum numeric(3,0));
