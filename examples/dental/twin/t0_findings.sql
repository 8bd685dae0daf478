-- What is wrong in the target of t0, row by row, and what must become of it: table finding. Then
-- plants, which say what a first load finds, are brought to what a run over t0 finds. Runs after
-- t0.sql. The mapping is taken to say `adopt: {differs: source_wins}` for offices, doctors, patients
-- and orders, and nothing (quarantine) for the others; a held row that is in the target can be
-- referred to.

CREATE TABLE finding (entity text, "table" text, id integer, defect text, disposition text,
                      "column" text, reason text, target_id uuid);

-- Every row of the target that carries a legacy id, or hangs on one.
CREATE TABLE present AS
SELECT 'offices' AS entity, legacy_office_id AS id, id AS target_id FROM offices
UNION ALL SELECT 'profiles', legacy_user_id, id FROM profiles
UNION ALL SELECT 'doctors', legacy_user_id, id FROM doctors
UNION ALL SELECT 'patients', legacy_patient_id, id FROM patients
UNION ALL SELECT 'orders', legacy_instruction_id, id FROM orders
UNION ALL SELECT 'messages', legacy_record_id, id FROM messages
UNION ALL SELECT 'files', legacy_file_id, id FROM files
UNION ALL SELECT 'message_attachments', f.legacy_file_id, a.id
          FROM message_attachments a JOIN files f ON f.id = a.file_id;
CREATE INDEX ON present (entity, id);
ANALYZE present, plants;

CREATE TABLE entities AS SELECT * FROM (VALUES
  (1, 'offices', 'dispatch_office'), (2, 'profiles', 'auth_user'), (3, 'doctors', 'auth_user'),
  (4, 'patients', 'dispatch_patient'), (5, 'orders', 'dispatch_instruction'),
  (6, 'messages', 'dispatch_record'), (7, 'files', 'dispatch_file'),
  (8, 'message_attachments', 'dispatch_file')) AS e(number, entity, "table");

INSERT INTO finding
SELECT a.entity, e."table", a.id, 'absent', a.disposition, '', a.reason
FROM absent a JOIN entities e USING (entity);

INSERT INTO finding
SELECT 'offices', 'dispatch_office', legacy_office_id, 'country_us', 'updated', 'country',
       'the script wrote US into every row', id
FROM offices;

-- What was lost with a parent that is not there, and will be.
CREATE TABLE parents_to_come AS SELECT entity, id FROM absent WHERE disposition = 'inserted';
INSERT INTO finding
SELECT 'doctors', 'auth_user', d.legacy_user_id, 'office_lost', 'updated', 'primary_office_id',
       'the office was not there', d.id
FROM doctors d
JOIN (SELECT DISTINCT ON (user_id) user_id, office_id FROM dispatch_office_doctors
      ORDER BY user_id, id) f ON f.user_id = d.legacy_user_id
WHERE d.primary_office_id IS NULL
  AND f.office_id IN (SELECT id FROM parents_to_come WHERE entity = 'offices');
INSERT INTO finding
SELECT 'patients', 'dispatch_patient', t.legacy_patient_id, 'office_lost', 'updated',
       'assigned_office_id', 'the office was not there', t.id
FROM patients t JOIN dispatch_patient p ON p.id = t.legacy_patient_id
WHERE p.office_id IN (SELECT id FROM parents_to_come WHERE entity = 'offices');
INSERT INTO finding
SELECT 'patients', 'dispatch_patient', t.legacy_patient_id, 'doctor_lost', 'updated',
       'primary_doctor_id', 'the doctor was not there', t.id
FROM patients t JOIN dispatch_patient p ON p.id = t.legacy_patient_id
WHERE p.doctor_id IN (SELECT id FROM parents_to_come WHERE entity = 'doctors');
INSERT INTO finding
SELECT 'orders', 'dispatch_instruction', r.legacy_instruction_id, 'office_lost', 'updated',
       'office_id', 'the office was not there', r.id
FROM orders r
JOIN dispatch_instruction i ON i.id = r.legacy_instruction_id
JOIN dispatch_patient p ON p.id = i.patient_id
WHERE NOT r.deleted AND p.office_id IN (SELECT id FROM parents_to_come WHERE entity = 'offices');

-- Rows that are in the target because the script made something up.
INSERT INTO finding
SELECT p.entity, p."table", p.id, 'made_up', 'held', p."column", c.reason, t.target_id
FROM plants p
JOIN (VALUES
  ('profiles', 'suffix_missing', 'the script invented a suffix'),
  ('profiles', 'email_no_tld', 'the script invented an address'),
  ('profiles', 'doctor_email_no_tld', 'the script invented an address'),
  ('patients', 'suffix_long', 'the script cut it to 4 characters'),
  ('orders', 'status_3', 'the script wrote no_product'),
  ('orders', 'status_7', 'the script wrote no_product'),
  ('orders', 'course_5', 'the script wrote main'),
  ('orders', 'exports_invalid', 'the script left it empty'),
  ('messages', 'type_null', 'the script wrote notification'),
  ('messages', 'type_9', 'the script wrote notification'),
  ('messages', 'target_type_12', 'the script sent it to nobody'),
  ('messages', 'target_type_15', 'the script sent it to nobody'),
  ('messages', 'target_type_null', 'the script sent it to nobody'),
  ('messages', 'target_type_77', 'the script sent it to nobody'),
  ('messages', 'recipient_held', 'the script sent it to nobody'),
  ('messages', 'recipient_deleted', 'the script sent it to nobody')
) AS c(entity, defect, reason) USING (entity, defect)
JOIN present t USING (entity, id);

-- Their children are there too, with all their refs.
INSERT INTO finding
SELECT p.entity, p."table", p.id, 'parent_made_up', 'adopted', p."column",
       'its parent is held, and in the target', t.target_id
FROM plants p
JOIN (VALUES
  ('doctors', 'doctor_email_no_tld'), ('patients', 'suffix_missing'), ('patients', 'email_no_tld'),
  ('patients', 'doctor_held'), ('orders', 'doctor_held'), ('orders', 'patient_suffix_missing'),
  ('orders', 'patient_suffix_long'), ('orders', 'patient_email_no_tld'),
  ('files', 'order_doctor_held'), ('files', 'order_patient_suffix_missing'),
  ('files', 'order_exports_invalid'), ('message_attachments', 'record_held')
) AS c(entity, defect) USING (entity, defect)
JOIN present t USING (entity, id);

INSERT INTO finding
SELECT 'orders', 'dispatch_instruction', p.id, 'deleted_order', 'excluded', '',
       'the script took deleted orders too', t.target_id
FROM plants p JOIN present t USING (entity, id)
WHERE p.entity = 'orders' AND p.disposition = 'excluded';

INSERT INTO finding
SELECT 'doctors', 'auth_user', d.id, 'taken_for_doctor', 'excluded', '',
       'a patient with a setting of a doctor', t.target_id
FROM taken_for_doctors d JOIN present t ON t.entity = 'doctors' AND t.id = d.id;

INSERT INTO finding
SELECT e.entity, n."table", e.id, 'edited', 'held',
       CASE e.entity WHEN 'profiles' THEN 'last_name' WHEN 'messages' THEN 'content'
                     ELSE 'filename' END,
       'edited in the target', t.target_id
FROM edited e JOIN entities n USING (entity) JOIN present t USING (entity, id);

INSERT INTO finding
SELECT 'messages', 'dispatch_record', m.id, 'duplicate_key', 'held', 'legacy_record_id',
       'two rows of the target carry this legacy id', t.target_id
FROM plain_messages m JOIN present t ON t.entity = 'messages' AND t.id = m.id
WHERE m.turn <= pg_temp.size_of('duplicates');

INSERT INTO finding
SELECT t.entity, e."table", t.id, 'source_deleted', 'extra', '',
       'no row of the source has this id', t.target_id
FROM present t JOIN entities e USING (entity)
WHERE t.entity = 'profiles' AND t.id IN (SELECT id FROM deleted_users)
   OR t.entity = 'messages' AND NOT EXISTS (SELECT FROM dispatch_record r WHERE r.id = t.id);

INSERT INTO finding
SELECT 'profiles', 'profiles', NULL, 'legacy_id_cleared', 'own', 'legacy_user_id',
       'a duplicate whose legacy id was cleared', id
FROM profiles WHERE legacy_user_id IS NULL;

-- A row has one fate: held before all, then updated.
UPDATE finding f SET disposition = 'held'
WHERE disposition IN ('updated', 'adopted')
  AND EXISTS (SELECT FROM finding h
              WHERE (h.entity, h.id) = (f.entity, f.id) AND h.disposition = 'held');
UPDATE finding f SET disposition = 'updated'
WHERE disposition = 'adopted'
  AND EXISTS (SELECT FROM finding u
              WHERE (u.entity, u.id) = (f.entity, f.id) AND u.disposition = 'updated');

CREATE INDEX ON finding (entity, id);
ANALYZE finding;

UPDATE plants p SET disposition = f.disposition
FROM finding f
WHERE (f.entity, f.id) = (p.entity, p.id)
  AND f.defect = 'parent_made_up' AND f."column" = p."column"
  AND p.disposition IN ('held', 'unlinked');
UPDATE plants p SET disposition =
  coalesce((SELECT min(f.disposition) FROM finding f
            WHERE (f.entity, f.id) = (p.entity, p.id)), 'adopted')
WHERE p.disposition = 'inserted';

-- What the accounting of the run must say ---------------------------------------------------------

CREATE TABLE sums AS
WITH rows AS (
  SELECT 'offices' AS entity, (SELECT count(*) FROM dispatch_office) AS source,
         (SELECT count(*) FROM offices) AS target
  UNION ALL SELECT 'profiles', (SELECT count(*) FROM auth_user), (SELECT count(*) FROM profiles)
  UNION ALL SELECT 'doctors', (SELECT count(*) FROM auth_user), (SELECT count(*) FROM doctors)
  UNION ALL SELECT 'patients', (SELECT count(*) FROM dispatch_patient),
                   (SELECT count(*) FROM patients)
  UNION ALL SELECT 'orders', (SELECT count(*) FROM dispatch_instruction),
                   (SELECT count(*) FROM orders)
  UNION ALL SELECT 'messages', (SELECT count(*) FROM dispatch_record),
                   (SELECT count(*) FROM messages)
  UNION ALL SELECT 'files', (SELECT count(*) FROM dispatch_file), (SELECT count(*) FROM files)
  UNION ALL SELECT 'message_attachments', (SELECT count(*) FROM dispatch_file),
                   (SELECT count(*) FROM message_attachments)
), fates AS (
  SELECT entity, disposition, count(DISTINCT id) AS ids, count(*) AS entries
  FROM (SELECT entity, id, disposition FROM finding
        UNION SELECT entity, id, disposition FROM plants) f
  GROUP BY entity, disposition
)
SELECT e.number, r.entity, r.source, r.target,
       coalesce((SELECT ids FROM fates f WHERE f.entity = r.entity AND disposition = 'inserted'), 0)
         AS inserted,
       coalesce((SELECT ids FROM fates f WHERE f.entity = r.entity AND disposition = 'updated'), 0)
         AS updated,
       coalesce((SELECT ids FROM fates f WHERE f.entity = r.entity AND disposition = 'held'), 0)
         AS held,
       coalesce((SELECT jsonb_object_agg(x.name, x.rows) FROM excluded x
                 WHERE x.entity = r.entity), '{}') AS excluded,
       coalesce((SELECT sum(x.rows) FROM excluded x WHERE x.entity = r.entity), 0) AS out,
       (SELECT count(*) FROM plants p WHERE p.entity = r.entity AND p.disposition = 'unlinked')
         AS open_refs,
       coalesce((SELECT ids FROM fates f WHERE f.entity = r.entity AND disposition = 'extra'), 0)
         AS extra,
       (SELECT count(*) FROM finding f WHERE f.entity = r.entity AND f.disposition = 'own') AS own
FROM rows r JOIN entities e USING (entity);
