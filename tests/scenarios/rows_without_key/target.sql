CREATE TABLE products (code text PRIMARY KEY, name text NOT NULL);
CREATE TABLE shelves (id uuid PRIMARY KEY, hall integer, number integer, product_code text REFERENCES products, UNIQUE (hall, number));
