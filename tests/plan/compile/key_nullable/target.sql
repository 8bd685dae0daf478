CREATE TABLE products (code text PRIMARY KEY, name text);
CREATE TABLE shelves (id uuid PRIMARY KEY, hall int, number int, product_code text REFERENCES products);
