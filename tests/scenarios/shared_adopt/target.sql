CREATE TABLE remarks (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), legacy_table text, legacy_id integer, text text);
CREATE TABLE places (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text, city text);
-- An earlier script has brought 1 and 2 of both, one of them in another form, two that no source has, and one of which it does not say whose it is.
INSERT INTO remarks SELECT md5(t || n)::uuid, t, n, initcap(t) || ' ' || n FROM generate_series(1, 2) AS n, unnest(array['comment', 'note']) AS t;
UPDATE remarks SET text = 'another' WHERE id = md5('note2')::uuid;
INSERT INTO remarks VALUES (md5('comment90')::uuid, 'comment', 90, 'nobody'), (md5('note91')::uuid, 'note', 91, 'nobody'), (md5('3')::uuid, NULL, 3, 'Comment 3');
INSERT INTO places VALUES (md5('Clinic')::uuid, 'Clinic', 'here'), (md5('Both')::uuid, 'Both', 'here'), (md5('Lab')::uuid, 'Lab', 'here'), (md5('Odd lab')::uuid, 'Odd lab', 'there'), (md5('own')::uuid, 'own', 'here');
