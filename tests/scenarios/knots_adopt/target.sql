CREATE TABLE stores (id uuid PRIMARY KEY, legacy_id integer UNIQUE, manager_id uuid NOT NULL, name text NOT NULL);
CREATE TABLE employees (id uuid PRIMARY KEY, legacy_id integer UNIQUE, store_id uuid NOT NULL REFERENCES stores DEFERRABLE INITIALLY DEFERRED, name text NOT NULL, boss_id uuid NOT NULL REFERENCES employees);
ALTER TABLE stores ADD FOREIGN KEY (manager_id) REFERENCES employees DEFERRABLE INITIALLY DEFERRED;
-- An earlier script has brought store 1, in another form store 4; with another manager stores 5 and 6, and staff 70 in another store.
BEGIN;
INSERT INTO stores VALUES (md5('s1')::uuid, 1, md5('e10')::uuid, 'Store 1'), (md5('s4')::uuid, 4, md5('e40')::uuid, 'Another'), (md5('s5')::uuid, 5, md5('e10')::uuid, 'Store 5'), (md5('s6')::uuid, 6, md5('e10')::uuid, 'Store 6');
INSERT INTO employees VALUES (md5('e10')::uuid, 10, md5('s1')::uuid, 'Staff 10', md5('e10')::uuid), (md5('e20')::uuid, 20, md5('s1')::uuid, 'Staff 20', md5('e20')::uuid), (md5('e40')::uuid, 40, md5('s4')::uuid, 'Staff 40', md5('e40')::uuid), (md5('e70')::uuid, 70, md5('s1')::uuid, 'Staff 70', md5('e70')::uuid);
COMMIT;
