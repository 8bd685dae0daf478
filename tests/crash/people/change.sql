-- Between two runs: rows come, go and come right.
INSERT INTO office SELECT i, 'Office ' || i FROM generate_series(26, 30) AS i;
UPDATE person SET role = 1 WHERE id IN (29, 58);
UPDATE person SET name = 'P33' WHERE id = 33;
UPDATE person SET name = 'New name' WHERE id = 2;
-- Rows that are here: written, moved to another parent, refused by a constraint or a trigger, and left with an open ref.
UPDATE office SET name = 'Moved ' || id WHERE id IN (1, 25);
UPDATE person SET weight = weight + 1000, boss_id = 3 WHERE id BETWEEN 60 AND 65;
UPDATE person SET weight = -1 WHERE id IN (5, 61);
UPDATE person SET name = 'X refused' WHERE id = 6;
UPDATE person SET boss_id = 999 WHERE id = 8;
UPDATE note SET person_id = 3, words = 'edited' WHERE code IN ('N-5', 'N-50', 'N-105');
UPDATE note SET person_id = 999 WHERE code = 'N-6';
DELETE FROM person WHERE id IN (87, 125);
INSERT INTO person SELECT i, 'P' || i, 0, i, i - 1 FROM generate_series(200, 240) AS i;
UPDATE note SET divisor = 2 WHERE code = 'N-77';
DELETE FROM note WHERE code LIKE 'N-1__' AND code > 'N-13';
INSERT INTO note SELECT 'M-' || i, 200 + i % 41, 3, 'new', 1 FROM generate_series(1, 50) AS i;
-- Nobody refers to these persons any more; to 87 and 125 somebody does, who stays.
DELETE FROM note WHERE code IN ('N-101', 'N-108', 'N-115');
DELETE FROM person WHERE id IN (102, 109, 116);
