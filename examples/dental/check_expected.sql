-- What must have arrived, written by hand from the meaning of the case, without the program and
-- without its mapping. Runs on the target, in schema checker, over copies of the legacy tables.

-- PostgreSQL 15 cannot ask whether a text is JSON; a block with a handler can.
CREATE FUNCTION read_json(legacy text) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN legacy::jsonb;
EXCEPTION WHEN data_exception THEN
  RETURN NULL;
END $$;

CREATE TABLE held (entity text, id integer, PRIMARY KEY (entity, id));
CREATE TABLE excluded (entity text, id integer, name text, PRIMARY KEY (entity, id));
CREATE TABLE open_refs (entity text, id integer, column_name text);

-- offices ---------------------------------------------------------------------------------------

INSERT INTO held
SELECT 'offices', id FROM dispatch_office
WHERE tax_rate > 1 AND tax_rate / 100 <> round(tax_rate / 100, 4)
   OR tax_rate <= 1 AND tax_rate <> round(tax_rate, 4)
   OR tax_rate / 100 >= 10;

CREATE TABLE expected_offices AS
SELECT o.id AS legacy_id,
       CASE WHEN btrim(o.name) = '' THEN format('Office %s', o.id) ELSE btrim(o.name) END AS name,
       btrim(o.address) AS address, btrim(o.apt) AS apartment, btrim(o.city) AS city,
       upper(btrim(o.state)) AS state, o.zip::text AS zip_code,
       upper(btrim(o.country)) AS country, o.phone::text AS phone,
       round(o.tax_rate / CASE WHEN o.tax_rate > 1 THEN 100 ELSE 1 END, 4) AS tax_rate,
       o.sq_customer_id::text AS square_customer_id, o.valid AS is_active,
       o.emails AS email_notifications,
       jsonb_build_object('table', 'dispatch_office', 'row', jsonb_object(
         ARRAY['id', 'name', 'address', 'apt', 'city', 'state', 'zip', 'country', 'phone',
               'tax_rate', 'valid', 'sq_customer_id', 'emails'],
         ARRAY[o.id::text, o.name, o.address, o.apt, o.city, o.state, o.zip, o.country, o.phone,
               o.tax_rate::text, o.valid::text, o.sq_customer_id, o.emails::text])) AS audit
FROM dispatch_office o
WHERE NOT EXISTS (SELECT 1 FROM held h WHERE h.entity = 'offices' AND h.id = o.id);

-- profiles --------------------------------------------------------------------------------------

-- One row for each user: the role by priority, the e-mail as it is compared.
CREATE TABLE people AS
SELECT u.*, p.id AS patient_id, p.suffix,
       CASE WHEN p.id IS NOT NULL THEN 'patient'
            WHEN u.is_superuser THEN 'master'
            WHEN 2 = ANY (r.roles) THEN 'doctor'
            WHEN 11 = ANY (r.roles) THEN 'technician'
            WHEN 5 = ANY (r.roles) THEN 'master'
            WHEN 1 = ANY (r.roles) THEN 'patient' END AS role,
       nullif(lower(btrim(u.email)), '') AS address
FROM auth_user u
LEFT JOIN dispatch_patient p ON p.user_id = u.id
LEFT JOIN (SELECT user_id, array_agg(group_id) AS roles FROM auth_user_groups GROUP BY user_id) r
  ON r.user_id = u.id;
ALTER TABLE people ADD PRIMARY KEY (id);

INSERT INTO held
SELECT 'profiles', id FROM people
WHERE role IS NULL
   OR address !~ '^[^@[:space:]]+@[^@[:space:]]+\.[a-z]{2,}$'
   OR role = 'patient' AND (suffix IS NULL OR suffix = '');

CREATE TABLE expected_profiles AS
SELECT n.id AS legacy_id, n.role AS profile_type, btrim(n.first_name) AS first_name,
       btrim(n.last_name) AS last_name,
       CASE WHEN n.id = min(n.id) OVER (PARTITION BY n.address) THEN n.address END AS email,
       n.username::text AS username, n.password::text AS password_hash,
       p.birthdate AS date_of_birth,
       coalesce((ARRAY['other', 'male', 'female'])[p.sex + 1], 'unknown') AS gender,
       n.is_active, false AS is_verified, p.archived IS TRUE AS archived,
       p.suspended IS TRUE AS suspended, p.suffix::text AS patient_suffix,
       read_json(p.schemes) AS medical_history, n.last_login AS last_login_at,
       n.date_joined AS created_at, p.id AS legacy_patient_id,
       jsonb_build_object('table', 'auth_user', 'row', jsonb_object(
         ARRAY['id', 'last_login', 'is_superuser', 'username', 'first_name', 'last_name', 'email',
               'is_staff', 'is_active', 'date_joined'],
         ARRAY[n.id::text, n.last_login::text, n.is_superuser::text, n.username, n.first_name,
               n.last_name, n.email, n.is_staff::text, n.is_active::text,
               n.date_joined::text])) AS audit
FROM people n
LEFT JOIN dispatch_patient p ON p.id = n.patient_id;
DELETE FROM expected_profiles e USING held h WHERE h.entity = 'profiles' AND h.id = e.legacy_id;
ALTER TABLE expected_profiles ADD PRIMARY KEY (legacy_id);

-- doctors ---------------------------------------------------------------------------------------

INSERT INTO excluded
SELECT 'doctors', n.id, CASE WHEN n.patient_id IS NULL THEN 'not_a_doctor' ELSE 'patient' END
FROM people n
WHERE n.patient_id IS NOT NULL
   OR n.id NOT IN (SELECT user_id FROM dispatch_doctorsetting
                   UNION SELECT user_id FROM dispatch_office_doctors
                   UNION SELECT doctor_id FROM dispatch_patient WHERE doctor_id IS NOT NULL
                   UNION SELECT user_id FROM auth_user_groups WHERE group_id = 2);

INSERT INTO held
SELECT 'doctors', n.id FROM people n
JOIN held h ON h.entity = 'profiles' AND h.id = n.id
WHERE n.id NOT IN (SELECT id FROM excluded WHERE entity = 'doctors');

CREATE TABLE expected_doctors AS
SELECT n.id AS legacy_id, n.id AS profile_of,
       CASE WHEN n.id < 1000000 THEN format('DOC-%s', right('00000' || n.id, 6))
            ELSE format('DOC-%s', n.id) END AS doctor_number,
       'orthodontics' AS specialty, f.office_id AS primary_office_of,
       CASE WHEN n.is_active THEN 'active' ELSE 'inactive' END AS status,
       n.date_joined AS joined_practice_at,
       jsonb_build_object('table', 'auth_user', 'row', jsonb_object(
         ARRAY['id', 'last_login', 'is_superuser', 'username', 'first_name', 'last_name', 'email',
               'is_staff', 'is_active', 'date_joined'],
         ARRAY[n.id::text, n.last_login::text, n.is_superuser::text, n.username, n.first_name,
               n.last_name, n.email, n.is_staff::text, n.is_active::text,
               n.date_joined::text])) AS audit
FROM people n
LEFT JOIN (SELECT DISTINCT ON (user_id) user_id, office_id
           FROM dispatch_office_doctors ORDER BY user_id, id) f ON f.user_id = n.id
WHERE n.id NOT IN (SELECT id FROM excluded WHERE entity = 'doctors')
  AND n.id NOT IN (SELECT id FROM held WHERE entity = 'doctors');
ALTER TABLE expected_doctors ADD PRIMARY KEY (legacy_id);

-- patients --------------------------------------------------------------------------------------

INSERT INTO held
SELECT 'patients', p.id FROM dispatch_patient p
WHERE p.user_id NOT IN (SELECT legacy_id FROM expected_profiles)
   OR length(p.suffix) > 4
   OR coalesce(p.status, 0) NOT IN (1, 2, 4, 10);

CREATE TABLE expected_patients AS
SELECT p.id AS legacy_id, p.user_id AS profile_of, format('PAT-%s', p.id) AS patient_number,
       p.suffix::text AS suffix,
       coalesce((ARRAY['other', 'male', 'female'])[p.sex + 1], 'unknown') AS sex,
       p.birthdate AS date_of_birth, d.legacy_id AS primary_doctor_of,
       o.legacy_id AS assigned_office_of,
       CASE WHEN p.status IN (1, 4) THEN 'active' WHEN p.status = 2 THEN 'on_hold'
            ELSE 'archived' END AS status,
       p.archived, p.suspended,
       CASE WHEN btrim(p.schemes) <> ''
            THEN coalesce(read_json(p.schemes), to_jsonb(p.schemes)) END AS schemes,
       timezone('America/Los_Angeles', p.submitted_at) AS enrolled_at,
       p.user_id AS legacy_user_id, p.doctor_id AS legacy_doctor_id,
       jsonb_build_object('table', 'dispatch_patient', 'row', jsonb_object(
         ARRAY['id', 'user_id', 'doctor_id', 'office_id', 'birthdate', 'sex', 'suffix', 'archived',
               'suspended', 'status', 'schemes', 'submitted_at', 'updated_at'],
         ARRAY[p.id::text, p.user_id::text, p.doctor_id::text, p.office_id::text,
               p.birthdate::text, p.sex::text, p.suffix, p.archived::text, p.suspended::text,
               p.status::text, p.schemes, p.submitted_at::text, p.updated_at::text])) AS audit
FROM dispatch_patient p
LEFT JOIN expected_doctors d ON d.legacy_id = p.doctor_id
LEFT JOIN expected_offices o ON o.legacy_id = p.office_id
WHERE p.id NOT IN (SELECT id FROM held WHERE entity = 'patients');
ALTER TABLE expected_patients ADD PRIMARY KEY (legacy_id);

INSERT INTO open_refs
SELECT 'patients', e.legacy_id, 'primary_doctor_id'
FROM expected_patients e JOIN dispatch_patient p ON p.id = e.legacy_id
WHERE p.doctor_id IS NOT NULL AND e.primary_doctor_of IS NULL
UNION ALL
SELECT 'patients', e.legacy_id, 'assigned_office_id'
FROM expected_patients e JOIN dispatch_patient p ON p.id = e.legacy_id
WHERE p.office_id IS NOT NULL AND e.assigned_office_of IS NULL;

-- orders ----------------------------------------------------------------------------------------

INSERT INTO excluded SELECT 'orders', id, 'deleted' FROM dispatch_instruction WHERE deleted;

INSERT INTO held
SELECT 'orders', i.id
FROM dispatch_instruction i
LEFT JOIN dispatch_patient p ON p.id = i.patient_id
WHERE NOT i.deleted
  AND (i.patient_id NOT IN (SELECT legacy_id FROM expected_patients)
       OR coalesce(p.doctor_id, -1) NOT IN (SELECT legacy_id FROM expected_doctors)
       OR i.course_id NOT IN (1, 2, 3, 4, 7, 8)
       OR i.status NOT IN (0, 1, 2, 4)
       OR btrim(i.exports) <> '' AND read_json(i.exports) IS NULL);

CREATE TABLE expected_orders AS
SELECT i.id AS legacy_id, format('ORD-%s', i.id) AS order_number, i.patient_id AS patient_of,
       p.doctor_id AS doctor_of, o.legacy_id AS office_of,
       (ARRAY['main', 'refinement', 'replacement', 'any', NULL, NULL, 'invoice',
              'merchandise'])[i.course_id] AS course_type,
       (ARRAY['no_product', 'submitted', 'approved', NULL, 'shipped'])[i.status + 1] AS status,
       i.notes, i.complaint, i.price AS amount, i.submitted_at,
       CASE WHEN i.status IN (2, 4) THEN i.updated_at END AS approved_at,
       CASE WHEN i.status IN (4) THEN i.updated_at END AS shipped_at, false AS deleted,
       read_json(i.exports) AS exports, i.suffix::text AS suffix,
       jsonb_build_object('table', 'dispatch_instruction', 'row', jsonb_object(
         ARRAY['id', 'patient_id', 'course_id', 'status', 'deleted', 'suffix', 'order',
               'submitted_at', 'updated_at', 'notes', 'complaint', 'objective', 'conditions',
               'price', 'exports', 'cbct', 'model', 'scanner', 'scanner_notes', 'comprehensive',
               'accept_extraction', 'upper_jaw_id', 'lower_jaw_id'],
         ARRAY[i.id::text, i.patient_id::text, i.course_id::text, i.status::text, i.deleted::text,
               i.suffix, i."order"::text, i.submitted_at::text, i.updated_at::text, i.notes,
               i.complaint, i.objective, i.conditions, i.price::text, i.exports, i.cbct::text,
               i.model::text, i.scanner::text, i.scanner_notes, i.comprehensive::text,
               i.accept_extraction::text, i.upper_jaw_id::text, i.lower_jaw_id::text])) AS audit
FROM dispatch_instruction i
JOIN dispatch_patient p ON p.id = i.patient_id
LEFT JOIN expected_offices o ON o.legacy_id = p.office_id
WHERE NOT i.deleted AND i.id NOT IN (SELECT id FROM held WHERE entity = 'orders');
ALTER TABLE expected_orders ADD PRIMARY KEY (legacy_id);

INSERT INTO open_refs
SELECT 'orders', e.legacy_id, 'office_id'
FROM expected_orders e
JOIN dispatch_patient p ON p.id = e.patient_of
WHERE p.office_id IS NOT NULL AND e.office_of IS NULL;

-- messages --------------------------------------------------------------------------------------

INSERT INTO held
SELECT 'messages', r.id FROM dispatch_record r
WHERE coalesce(r.type, 0) NOT IN (3, 5, 6, 8)
   OR CASE r.target_type_id
        WHEN 11 THEN r.target_id NOT IN (SELECT legacy_id FROM expected_patients)
        WHEN 58 THEN r.target_id NOT IN (SELECT legacy_id FROM expected_profiles)
        ELSE true END;

CREATE TABLE expected_messages AS
SELECT r.id AS legacy_id,
       CASE r.type WHEN 3 THEN 'support' WHEN 5 THEN 'clinical_note' WHEN 6 THEN 'notification'
                   ELSE 'status_update' END AS message_type,
       CASE WHEN l.line IS NULL THEN 'Message'
            WHEN length(l.line) > 50 THEN substr(l.line, 1, 49) || '…'
            ELSE l.line END AS title,
       r.text AS content, s.legacy_id AS sender_of,
       CASE r.target_type_id WHEN 11 THEN 'patient' ELSE 'user' END AS recipient_type,
       r.target_id AS recipient_of, r.created_at, r.created_at AS updated_at,
       jsonb_build_object('table', 'dispatch_record', 'row', jsonb_object(
         ARRAY['id', 'target_type_id', 'target_id', 'type', 'author_id', 'group_id', 'public',
               'created_at'],
         ARRAY[r.id::text, r.target_type_id::text, r.target_id::text, r.type::text,
               r.author_id::text, r.group_id::text, r.public::text, r.created_at::text]),
         'public', r.public, 'group', r.group_id, 'target_type', r.target_type_id) AS audit
FROM dispatch_record r
LEFT JOIN expected_profiles s ON s.legacy_id = r.author_id
CROSS JOIN LATERAL (SELECT substring(r.text FROM '[^ \t\r\n](?:[^\r\n]*[^ \t\r\n])?') AS line) l
WHERE r.id NOT IN (SELECT id FROM held WHERE entity = 'messages');
ALTER TABLE expected_messages ADD PRIMARY KEY (legacy_id);

INSERT INTO open_refs
SELECT 'messages', e.legacy_id, 'sender_id'
FROM expected_messages e JOIN dispatch_record r ON r.id = e.legacy_id
WHERE r.author_id IS NOT NULL AND e.sender_of IS NULL;

-- files and message_attachments -----------------------------------------------------------------

INSERT INTO held
SELECT 'files', id
FROM (SELECT id, name, created_at, row_number() OVER (PARTITION BY uid ORDER BY id) AS turn
      FROM dispatch_file) f
WHERE name IS NULL OR NOT isfinite(created_at) OR turn > 1;

CREATE TABLE media_types (extension text PRIMARY KEY, media_type text);
INSERT INTO media_types VALUES
  ('jpg', 'image/jpeg'), ('jpeg', 'image/jpeg'), ('png', 'image/png'), ('gif', 'image/gif'),
  ('stl', 'model/stl'), ('ply', 'model/ply'), ('zip', 'application/zip'),
  ('dxf', 'image/vnd.dxf'), ('dcm', 'application/dicom'), ('pdf', 'application/pdf'),
  ('txt', 'text/plain'),
  ('docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document');

CREATE TABLE expected_files AS
SELECT f.id AS legacy_id, f.uid::text AS file_uid, o.legacy_id AS order_of,
       CASE WHEN x.extension IS NULL OR right(lower(f.name), length(x.extension) + 1)
                                        = '.' || x.extension THEN f.name::text
            ELSE f.name || '.' || x.extension END AS filename,
       x.extension AS file_type, f.size AS file_size_bytes, m.media_type AS mime_type,
       f.created_at AS uploaded_at,
       jsonb_build_object('table', 'dispatch_file', 'row', jsonb_object(
         ARRAY['id', 'uid', 'name', 'ext', 'size', 'type', 'status', 'instruction_id', 'record_id',
               'product_id', 'description', 'parameters', 'created_at'],
         ARRAY[f.id::text, f.uid, f.name, f.ext, f.size::text, f.type::text, f.status::text,
               f.instruction_id::text, f.record_id::text, f.product_id::text, f.description,
               f.parameters, f.created_at::text])) AS audit
FROM dispatch_file f
CROSS JOIN LATERAL (SELECT replace(lower(f.ext), '.', '') AS extension) x
LEFT JOIN media_types m USING (extension)
LEFT JOIN expected_orders o ON o.legacy_id = f.instruction_id
WHERE f.id NOT IN (SELECT id FROM held WHERE entity = 'files');
ALTER TABLE expected_files ADD PRIMARY KEY (legacy_id);

INSERT INTO open_refs
SELECT 'files', e.legacy_id, 'order_id'
FROM expected_files e JOIN dispatch_file f ON f.id = e.legacy_id
WHERE f.instruction_id IS NOT NULL AND e.order_of IS NULL;

INSERT INTO excluded
SELECT 'message_attachments', id, 'no_record' FROM dispatch_file WHERE record_id IS NULL;

INSERT INTO held
SELECT 'message_attachments', f.id
FROM dispatch_file f
LEFT JOIN expected_messages m ON m.legacy_id = f.record_id
LEFT JOIN expected_files e ON e.legacy_id = f.id
WHERE f.record_id IS NOT NULL AND (m.legacy_id IS NULL OR e.legacy_id IS NULL);

CREATE TABLE expected_message_attachments AS
SELECT f.id AS legacy_id, f.record_id AS message_of, f.id AS file_of, 'file' AS attachment_type
FROM dispatch_file f
WHERE f.record_id IS NOT NULL
  AND f.id NOT IN (SELECT id FROM held WHERE entity = 'message_attachments');
