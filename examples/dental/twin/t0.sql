-- What earlier, bespoke runs left in the target: most rows as they should be, and every mistake of
-- the report. dental-twin runs this in one transaction on a database that has the tables of
-- target.sql, under search_path = pg_temp, public. Before it, it makes as temporary tables:
--   the legacy tables of source.sql, filled as at t1
--   plants   what the source holds on purpose, as the manifest of t1 says it; excluded likewise
--   sizes    how many rows each of the mistakes below takes that follow no plant
-- and the function pg_temp.seed(). After it comes t0_findings.sql, which writes down what is wrong.

CREATE FUNCTION pg_temp.shuffle(entity text, id integer) RETURNS text LANGUAGE sql IMMUTABLE AS
  $$SELECT md5(pg_temp.seed() || '/t0/' || entity || '/' || id::text)$$;

-- A random-looking uuid of version 4, as gen_random_uuid() made them for the scripts.
CREATE FUNCTION pg_temp.make_id(entity text, key text) RETURNS uuid LANGUAGE sql IMMUTABLE AS
  $$SELECT overlay(overlay(md5(pg_temp.seed() || '/' || entity || '/' || key)
                           PLACING '4' FROM 13) PLACING 'a' FROM 17)::uuid$$;

CREATE FUNCTION pg_temp.size_of(what text) RETURNS bigint LANGUAGE sql STABLE AS
  $$SELECT rows FROM pg_temp.sizes WHERE name = what$$;

CREATE FUNCTION pg_temp.read_json(legacy text) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN legacy::jsonb;
EXCEPTION WHEN data_exception THEN
  RETURN NULL;
END $$;

-- What is not there -------------------------------------------------------------------------------

CREATE TABLE absent (entity text, id integer, disposition text, reason text,
                     PRIMARY KEY (entity, id));

INSERT INTO absent
SELECT p.entity, p.id, CASE p.disposition WHEN 'held' THEN 'held' ELSE 'inserted' END, c.reason
FROM plants p
JOIN (VALUES
  ('offices', 'not_us_india', 'the script took valid offices only'),
  ('offices', 'not_us_japan', 'the script took valid offices only'),
  ('offices', 'not_us_thailand', 'the script took valid offices only'),
  ('offices', 'not_us_elsewhere', 'the script took valid offices only'),
  ('offices', 'country_null', 'the script took valid offices only'),
  ('offices', 'invalid_us', 'the script took valid offices only'),
  ('offices', 'natural_key_twin', 'merged with the office of the same name and address'),
  ('offices', 'created_late', 'younger than the load'),
  ('offices', 'tax_scale', 'younger than the load'),
  ('profiles', 'staff_no_role', 'the target has no profile type admin'),
  ('profiles', 'no_group', 'the user has no role'),
  ('doctors', 'doctor_inactive', 'no setting and no office: the script took no doctor for it'),
  ('patients', 'patient_user_deleted', 'parent missing: auth_user'),
  ('orders', 'doctor_is_master', 'the script asked for a profile typed doctor'),
  ('orders', 'doctor_inactive', 'the doctor had no row in doctors'),
  ('orders', 'doctor_deleted', 'parent missing: doctors, the user was deleted'),
  ('orders', 'patient_without_profile', 'parent missing: patients, the user was deleted'),
  ('message_attachments', 'name_null', 'the file is not there'),
  ('files', 'name_null', 'left out, nobody knows why'),
  ('files', 'ext_null', 'left out, nobody knows why'),
  ('files', 'ext_upper', 'left out, nobody knows why'),
  ('files', 'name_with_ext', 'left out, nobody knows why'),
  ('files', 'name_long', 'left out, nobody knows why'),
  ('files', 'name_unicode', 'left out, nobody knows why'),
  ('files', 'size_null', 'left out, nobody knows why'),
  ('files', 'size_zero', 'left out, nobody knows why'),
  ('files', 'size_huge', 'left out, nobody knows why'),
  ('files', 'id_zero', 'left out, nobody knows why'),
  ('files', 'uploaded_infinity', 'left out, nobody knows why'),
  ('files', 'order_orphan', 'left out, nobody knows why'),
  ('files', 'committed_late', 'left out, nobody knows why'),
  ('files', 'uid_clash', 'left out, nobody knows why')
) AS c(entity, defect, reason) USING (entity, defect)
WHERE p.defect <> 'uid_clash' OR p.disposition = 'held';

-- Persons who share an address were taken for one, and patients have a profile or are not there.
INSERT INTO absent
SELECT 'profiles', id, 'inserted', 'merged with another person of the same e-mail'
FROM plants WHERE entity = 'profiles' AND defect = 'email_shared' AND reason LIKE 'loses%'
ORDER BY pg_temp.shuffle('merged', id) LIMIT pg_temp.size_of('merged');
INSERT INTO absent
SELECT 'patients', p.id, 'inserted', 'the profile was merged with another'
FROM dispatch_patient p JOIN absent a ON a.entity = 'profiles' AND a.id = p.user_id
WHERE a.disposition = 'inserted';

INSERT INTO absent
SELECT 'profiles', g.user_id, 'inserted', 'the script took dispatch_agent for technicians'
FROM auth_user_groups g
WHERE g.group_id = 11
  AND NOT EXISTS (SELECT FROM auth_user_groups d WHERE d.user_id = g.user_id AND d.group_id = 2)
ORDER BY pg_temp.shuffle('technicians', g.user_id) LIMIT pg_temp.size_of('technicians');

-- Rows without any plant, in an order of their own ------------------------------------------------

CREATE TABLE plain_people AS
SELECT p.id, p.user_id, row_number() OVER (ORDER BY pg_temp.shuffle('people', p.id)) AS turn
FROM dispatch_patient p
WHERE NOT EXISTS (SELECT FROM plants x WHERE x.entity = 'patients' AND x.id = p.id)
  AND NOT EXISTS (SELECT FROM plants x WHERE x.entity = 'profiles' AND x.id = p.user_id);

CREATE TABLE plain_messages AS
SELECT r.id, row_number() OVER (ORDER BY pg_temp.shuffle('messages', r.id)) AS turn
FROM dispatch_record r
WHERE NOT EXISTS (SELECT FROM plants x WHERE x.entity = 'messages' AND x.id = r.id)
  AND NOT EXISTS (SELECT FROM dispatch_file f WHERE f.record_id = r.id);

-- As many messages are there twice as are not there at all: the sum does not show it.
INSERT INTO absent
SELECT 'messages', id, 'inserted', 'left out, another message came twice'
FROM plain_messages
WHERE turn > pg_temp.size_of('duplicates') AND turn <= 2 * pg_temp.size_of('duplicates');

CREATE TABLE edited AS
SELECT 'profiles' AS entity, user_id AS id FROM plain_people
WHERE turn > pg_temp.size_of('cleared')
  AND turn <= pg_temp.size_of('cleared') + pg_temp.size_of('edited_profiles')
UNION ALL
SELECT 'messages', id FROM plain_messages
WHERE turn > 2 * pg_temp.size_of('duplicates')
  AND turn <= 2 * pg_temp.size_of('duplicates') + pg_temp.size_of('edited_messages')
UNION ALL
SELECT * FROM (SELECT 'files', f.id FROM dispatch_file f
               WHERE f.id % 16 = 5
                 AND f.id NOT IN (SELECT id FROM plants
                                  WHERE entity IN ('files', 'message_attachments'))
               ORDER BY pg_temp.shuffle('files', f.id) LIMIT pg_temp.size_of('edited_files')) f;
ALTER TABLE edited ADD PRIMARY KEY (entity, id);

-- Patients whom a setting of their own turned into doctors.
CREATE TABLE taken_for_doctors AS
SELECT p.user_id AS id FROM plain_people p
LEFT JOIN dispatch_doctorsetting s ON s.user_id = p.user_id
ORDER BY s.id IS NULL, p.turn LIMIT pg_temp.size_of('taken_for_doctors');

CREATE INDEX ON dispatch_patient (doctor_id);
CREATE INDEX ON dispatch_office_doctors (user_id);
CREATE INDEX ON auth_user_groups (user_id);
ANALYZE plants, absent, edited, taken_for_doctors, auth_user, auth_user_groups, dispatch_office,
  dispatch_office_doctors, dispatch_doctorsetting, dispatch_patient, dispatch_instruction,
  dispatch_record, dispatch_file;

-- The rows ----------------------------------------------------------------------------------------

INSERT INTO offices (id, name, address, apartment, city, state, zip_code, country, phone, tax_rate,
                     square_customer_id, is_active, email_notifications, legacy_office_id, metadata,
                     created_at, updated_at)
SELECT pg_temp.make_id('offices', id::text), coalesce(nullif(trim(name), ''), 'Office ' || id),
       trim(address), trim(apt), trim(city), upper(trim(state)), zip, 'US', phone,
       CASE WHEN tax_rate > 1 THEN tax_rate / 100 ELSE tax_rate END, sq_customer_id, valid, emails,
       id, '{"loaded_by": "offices"}', '2025-08-19 03:10+00', '2025-08-19 03:10+00'
FROM dispatch_office o
WHERE NOT EXISTS (SELECT FROM absent a WHERE a.entity = 'offices' AND a.id = o.id)
ORDER BY id;

CREATE TABLE people AS
SELECT u.*, p.id AS patient_id, p.birthdate, p.sex, p.suffix, p.archived, p.suspended, p.schemes,
       CASE WHEN p.id IS NOT NULL THEN 'patient' WHEN u.is_superuser THEN 'master'
            ELSE (SELECT CASE min(CASE group_id WHEN 2 THEN 1 WHEN 11 THEN 2 WHEN 5 THEN 3
                                                WHEN 1 THEN 4 END)
                         WHEN 1 THEN 'doctor' WHEN 2 THEN 'technician' WHEN 3 THEN 'master'
                         WHEN 4 THEN 'patient' END
                  FROM auth_user_groups g WHERE g.user_id = u.id) END AS role,
       nullif(lower(trim(u.email)), '') AS address
FROM auth_user u LEFT JOIN dispatch_patient p ON p.user_id = u.id;

-- Where a CHECK refused a row, the script invented a suffix or an address.
INSERT INTO profiles (id, profile_type, first_name, last_name, email, username, password_hash,
                      date_of_birth, gender, is_active, is_verified, archived, suspended,
                      patient_suffix, medical_history, last_login_at, legacy_user_id,
                      legacy_patient_id, metadata, created_at, updated_at)
SELECT pg_temp.make_id('profiles', n.id::text), role::profile_type, trim(first_name),
       trim(last_name) || CASE WHEN e.id IS NULL THEN '' ELSE '-Lindqvist' END,
       CASE WHEN turn > 1 THEN NULL WHEN address LIKE '%@localhost'
            THEN 'user' || n.id || '@placeholder.test' ELSE address END,
       username, password, birthdate,
       CASE sex WHEN 0 THEN 'other' WHEN 1 THEN 'male' WHEN 2 THEN 'female'
                ELSE 'unknown' END::gender_type,
       is_active, false, coalesce(archived, false), coalesce(suspended, false),
       CASE WHEN role = 'patient' AND coalesce(suffix, '') = ''
            THEN 'DEF' || lpad((n.id % 100)::text, 2, '0') ELSE suffix END,
       pg_temp.read_json(nullif(schemes, '')), last_login, n.id, patient_id,
       '{"loaded_by": "profiles"}', date_joined,
       CASE WHEN e.id IS NULL THEN timestamptz '2025-08-19 03:20+00' ELSE '2025-10-14 16:05+00' END
FROM (SELECT *, row_number() OVER (PARTITION BY address ORDER BY id) AS turn FROM people) n
LEFT JOIN edited e ON e.entity = 'profiles' AND e.id = n.id
WHERE NOT EXISTS (SELECT FROM absent a WHERE a.entity = 'profiles' AND a.id = n.id)
ORDER BY n.id;

INSERT INTO doctors (id, profile_id, doctor_number, specialty, primary_office_id, status,
                     joined_practice_at, legacy_user_id, metadata, created_at, updated_at)
SELECT pg_temp.make_id('doctors', u.id::text), r.id,
       'DOC-' || lpad(u.id::text, greatest(6, length(u.id::text)), '0'), 'orthodontics', o.id,
       CASE WHEN u.is_active THEN 'active' ELSE 'inactive' END, u.date_joined, u.id,
       '{"loaded_by": "doctors"}', '2025-08-19 03:40+00', '2025-08-19 03:40+00'
FROM people u
JOIN profiles r ON r.legacy_user_id = u.id
LEFT JOIN (SELECT DISTINCT ON (user_id) user_id, office_id FROM dispatch_office_doctors
           ORDER BY user_id, id) f ON f.user_id = u.id
LEFT JOIN offices o ON o.legacy_office_id = f.office_id
WHERE (u.patient_id IS NULL AND (f.user_id IS NOT NULL
         OR u.id IN (SELECT user_id FROM dispatch_doctorsetting)
         OR u.id IN (SELECT doctor_id FROM dispatch_patient)
         OR u.id IN (SELECT user_id FROM auth_user_groups WHERE group_id = 2))
       OR u.id IN (SELECT id FROM taken_for_doctors))
  AND NOT EXISTS (SELECT FROM absent a WHERE a.entity = 'doctors' AND a.id = u.id)
ORDER BY u.id;

INSERT INTO patients (id, profile_id, patient_number, suffix, sex, date_of_birth, primary_doctor_id,
                      assigned_office_id, status, archived, suspended, schemes, enrolled_at,
                      legacy_patient_id, legacy_user_id, legacy_doctor_id, metadata, created_at,
                      updated_at)
SELECT pg_temp.make_id('patients', p.id::text), r.id, 'PAT-' || p.id, left(p.suffix, 4),
       CASE p.sex WHEN 0 THEN 'other' WHEN 1 THEN 'male' WHEN 2 THEN 'female'
                  ELSE 'unknown' END::gender_type,
       p.birthdate, d.id, o.id,
       CASE p.status WHEN 2 THEN 'on_hold' WHEN 10 THEN 'archived' ELSE 'active' END::patient_status,
       p.archived, p.suspended,
       CASE WHEN p.schemes <> '' THEN coalesce(pg_temp.read_json(p.schemes), to_jsonb(p.schemes)) END,
       p.submitted_at AT TIME ZONE 'America/Los_Angeles', p.id, p.user_id, p.doctor_id,
       '{"loaded_by": "patients"}', '2025-08-19 04:00+00', '2025-08-19 04:00+00'
FROM dispatch_patient p
JOIN profiles r ON r.legacy_user_id = p.user_id
LEFT JOIN doctors d ON d.legacy_user_id = p.doctor_id
LEFT JOIN offices o ON o.legacy_office_id = p.office_id
ORDER BY p.id;

-- A code without a meaning became the first of its list; JSON that cannot be read was dropped.
INSERT INTO orders (id, order_number, patient_id, doctor_id, office_id, course_type, status, notes,
                    complaint, amount, submitted_at, approved_at, shipped_at, deleted, exports,
                    suffix, legacy_instruction_id, metadata, created_at, updated_at)
SELECT pg_temp.make_id('orders', i.id::text), 'ORD-' || i.id, p.id, d.id, p.assigned_office_id,
       CASE i.course_id WHEN 2 THEN 'refinement' WHEN 3 THEN 'replacement' WHEN 4 THEN 'any'
                        WHEN 7 THEN 'invoice' WHEN 8 THEN 'merchandise'
                        ELSE 'main' END::course_type,
       CASE i.status WHEN 1 THEN 'submitted' WHEN 2 THEN 'approved' WHEN 4 THEN 'shipped'
                     ELSE 'no_product' END::order_status,
       i.notes, i.complaint, i.price, i.submitted_at,
       CASE WHEN i.status >= 2 THEN i.updated_at END, CASE WHEN i.status = 4 THEN i.updated_at END,
       i.deleted, pg_temp.read_json(nullif(i.exports, '')), i.suffix, i.id,
       '{"loaded_by": "orders"}', '2025-10-27 05:00+00', '2025-10-27 05:00+00'
FROM dispatch_instruction i
JOIN patients p ON p.legacy_patient_id = i.patient_id
JOIN doctors d ON d.legacy_user_id = p.legacy_doctor_id
WHERE NOT EXISTS (SELECT FROM absent a WHERE a.entity = 'orders' AND a.id = i.id)
ORDER BY i.id;

-- A message whose recipient is unknown went to nobody, and a type without a meaning is a notice.
INSERT INTO messages (id, message_type, title, subject, content, sender_id, recipient_type,
                      recipient_id, legacy_record_id, metadata, created_at, updated_at)
SELECT pg_temp.make_id('messages', r.id || copy.number),
       CASE r.type WHEN 3 THEN 'support' WHEN 5 THEN 'clinical_note' WHEN 8 THEN 'status_update'
                   ELSE 'notification' END::message_type,
       t.title, t.title, r.text || CASE WHEN e.id IS NULL THEN '' ELSE E'\n(corrected)' END, s.id,
       CASE r.target_type_id WHEN 11 THEN 'patient' ELSE 'user' END,
       coalesce(p.id, u.id, '00000000-0000-0000-0000-000000000000'), r.id,
       '{"loaded_by": "messages"}', r.created_at, r.created_at
FROM dispatch_record r
LEFT JOIN plain_messages m ON m.id = r.id AND m.turn <= pg_temp.size_of('duplicates')
CROSS JOIN LATERAL (SELECT '' UNION ALL SELECT '/again' WHERE m.id IS NOT NULL) AS copy(number)
CROSS JOIN LATERAL (SELECT substring(r.text FROM '[^ \t\r\n](?:[^\r\n]*[^ \t\r\n])?') OFFSET 0) l(line)
CROSS JOIN LATERAL (SELECT CASE WHEN l.line IS NULL THEN 'Message'
                                WHEN length(l.line) > 50 THEN left(l.line, 49) || '…'
                                ELSE l.line END) t(title)
LEFT JOIN edited e ON e.entity = 'messages' AND e.id = r.id
LEFT JOIN profiles s ON s.legacy_user_id = r.author_id
LEFT JOIN patients p ON r.target_type_id = 11 AND p.legacy_patient_id = r.target_id
LEFT JOIN profiles u ON r.target_type_id = 58 AND u.legacy_user_id = r.target_id
WHERE NOT EXISTS (SELECT FROM absent a WHERE a.entity = 'messages' AND a.id = r.id)
ORDER BY r.id, copy.number;

-- Deleted orders are in orders, but the script for files did not look at them.
INSERT INTO files (id, file_uid, order_id, filename, file_type, file_size_bytes, mime_type,
                   uploaded_at, legacy_file_id, metadata, created_at, updated_at)
SELECT pg_temp.make_id('files', f.id::text), f.uid, o.id,
       CASE WHEN e.id IS NULL THEN '' ELSE 'renamed ' END ||
       CASE WHEN coalesce(f.ext, '') = '' OR lower(f.name) LIKE '%.' || x.extension THEN f.name
            ELSE f.name || '.' || x.extension END,
       x.extension, f.size, y.media_type, f.created_at, f.id, '{"loaded_by": "files"}',
       '2025-10-27 06:00+00', '2025-10-27 06:00+00'
FROM dispatch_file f
CROSS JOIN LATERAL (SELECT lower(ltrim(f.ext, '.'))) x(extension)
LEFT JOIN (VALUES
  ('jpg', 'image/jpeg'), ('jpeg', 'image/jpeg'), ('png', 'image/png'), ('gif', 'image/gif'),
  ('stl', 'model/stl'), ('ply', 'model/ply'), ('zip', 'application/zip'),
  ('dxf', 'image/vnd.dxf'), ('dcm', 'application/dicom'), ('pdf', 'application/pdf'),
  ('txt', 'text/plain'),
  ('docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document')
) y(extension, media_type) USING (extension)
LEFT JOIN edited e ON e.entity = 'files' AND e.id = f.id
LEFT JOIN orders o ON o.legacy_instruction_id = f.instruction_id AND NOT o.deleted
WHERE NOT EXISTS (SELECT FROM absent a WHERE a.entity = 'files' AND a.id = f.id)
ORDER BY f.id;

INSERT INTO message_attachments (id, message_id, file_id, attachment_type, created_at)
SELECT pg_temp.make_id('message_attachments', f.id::text), m.id, t.id, 'file', '2025-10-27 06:30+00'
FROM dispatch_file f
JOIN messages m ON m.legacy_record_id = f.record_id
JOIN files t ON t.legacy_file_id = f.id
ORDER BY f.id;

-- Strays ------------------------------------------------------------------------------------------

-- Legacy ids that were rows once: below the highest, and nothing names them.
CREATE TABLE deleted_users AS
SELECT id FROM generate_series(1, (SELECT max(id) FROM auth_user)) AS every(id)
WHERE id NOT IN (SELECT id FROM auth_user
                 UNION SELECT user_id FROM dispatch_patient
                 UNION SELECT doctor_id FROM dispatch_patient WHERE doctor_id IS NOT NULL
                 UNION SELECT author_id FROM dispatch_record WHERE author_id IS NOT NULL
                 UNION SELECT target_id FROM dispatch_record WHERE target_type_id = 58)
ORDER BY pg_temp.shuffle('deleted_users', id) LIMIT pg_temp.size_of('orphans');

INSERT INTO profiles (id, profile_type, first_name, last_name, gender, patient_suffix,
                      legacy_user_id, metadata, created_at, updated_at)
SELECT pg_temp.make_id('profiles', id::text), 'patient', 'Former', 'Patient ' || id, 'unknown',
       'GONE', id, '{"loaded_by": "profiles"}', '2025-08-19 03:20+00', '2025-08-19 03:20+00'
FROM deleted_users ORDER BY id;

-- To get rid of a duplicate, its legacy id was cleared; the row stayed.
INSERT INTO profiles (id, profile_type, first_name, last_name, date_of_birth, gender,
                      patient_suffix, metadata, created_at, updated_at)
SELECT pg_temp.make_id('profiles', user_id || '/again'), r.profile_type, r.first_name, r.last_name,
       r.date_of_birth, r.gender, r.patient_suffix, '{"loaded_by": "profiles"}',
       '2025-08-19 03:20+00', '2025-08-20 09:00+00'
FROM plain_people p JOIN profiles r ON r.legacy_user_id = p.user_id
WHERE p.turn <= pg_temp.size_of('cleared')
ORDER BY p.user_id;

-- The one message too many: its record was deleted after it had been copied.
INSERT INTO messages (id, message_type, title, subject, content, recipient_type, recipient_id,
                      legacy_record_id, metadata, created_at, updated_at)
SELECT pg_temp.make_id('messages', id::text), 'support', 'Deleted later', 'Deleted later',
       'Deleted later', 'user', '00000000-0000-0000-0000-000000000000', id,
       '{"loaded_by": "messages"}', '2025-08-18 12:00+00', '2025-08-18 12:00+00'
FROM generate_series(1, (SELECT max(id) FROM dispatch_record)) AS every(id)
WHERE id NOT IN (SELECT id FROM dispatch_record)
  AND id NOT IN (SELECT record_id FROM dispatch_file WHERE record_id IS NOT NULL)
ORDER BY pg_temp.shuffle('deleted_records', id) LIMIT 1;
