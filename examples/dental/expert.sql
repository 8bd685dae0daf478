-- What an expert would write by hand: INSERT … SELECT over postgres_fdw, on the target, by a
-- superuser, into empty tables. The yardstick for speed, and a fill for trying check.sh.
--
--   psql -v host=… -v port=… -v dbname=… -v user=… [-v id_expression="…"] -f expert.sql TARGET
--
-- id_expression makes an id from $1 (the entity) and $2 (the legacy key); gen_random_uuid() will do.
\set ON_ERROR_STOP 1
\if :{?id_expression}
\else
\set id_expression 'md5($1 || $2::text)::uuid'
\endif
SET client_min_messages = warning;
SET TimeZone = 'UTC';
-- Tables filled a moment ago have no statistics, and the planner takes them for small.
SET enable_nestloop = off;

DROP SCHEMA IF EXISTS expert CASCADE;
DROP SERVER IF EXISTS expert_legacy CASCADE;
CREATE EXTENSION IF NOT EXISTS postgres_fdw;
CREATE SERVER expert_legacy FOREIGN DATA WRAPPER postgres_fdw
  OPTIONS (host :'host', port :'port', dbname :'dbname', fetch_size '10000');
CREATE USER MAPPING FOR CURRENT_USER SERVER expert_legacy OPTIONS (user :'user');
CREATE SCHEMA expert;
IMPORT FOREIGN SCHEMA public FROM SERVER expert_legacy INTO expert;

SELECT format('CREATE FUNCTION expert.make_id(text, integer) RETURNS uuid LANGUAGE sql AS %L',
              'SELECT ' || :'id_expression') \gexec

CREATE FUNCTION expert.read_json(legacy text) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN legacy::jsonb;
EXCEPTION WHEN data_exception THEN
  RETURN NULL;
END $$;

CREATE FUNCTION expert.audit(legacy_table text, names text[], legacy_values text[]) RETURNS jsonb
  LANGUAGE sql IMMUTABLE AS
  $$SELECT jsonb_build_object('migration', jsonb_build_object('table', legacy_table, 'row',
                                                              jsonb_object(names, legacy_values)))$$;

\timing on
BEGIN;

INSERT INTO offices (id, name, address, apartment, city, state, zip_code, country, phone, tax_rate,
                     square_customer_id, is_active, email_notifications, legacy_office_id, metadata)
SELECT expert.make_id('offices', o.id), coalesce(nullif(trim(o.name), ''), 'Office ' || o.id),
       trim(o.address), trim(o.apt), trim(o.city), upper(trim(o.state)), o.zip,
       upper(trim(o.country)), o.phone, t.share, o.sq_customer_id, o.valid, o.emails, o.id,
       expert.audit('dispatch_office',
         ARRAY['id', 'name', 'address', 'apt', 'city', 'state', 'zip', 'country', 'phone',
               'tax_rate', 'valid', 'sq_customer_id', 'emails'],
         ARRAY[o.id::text, o.name, o.address, o.apt, o.city, o.state, o.zip, o.country, o.phone,
               o.tax_rate::text, o.valid::text, o.sq_customer_id, o.emails::text])
FROM expert.dispatch_office o
CROSS JOIN LATERAL (SELECT CASE WHEN o.tax_rate > 1 THEN o.tax_rate / 100 ELSE o.tax_rate END) t(share)
WHERE t.share IS NULL OR t.share = round(t.share, 4);

CREATE TEMP TABLE people ON COMMIT DROP AS
SELECT u.*, p.id AS patient_id, p.birthdate, p.sex, p.suffix, p.archived, p.suspended, p.schemes,
       CASE WHEN p.id IS NOT NULL THEN 'patient' WHEN u.is_superuser THEN 'master'
            ELSE g.role END AS role,
       nullif(lower(trim(u.email)), '') AS address
FROM expert.auth_user u
LEFT JOIN expert.dispatch_patient p ON p.user_id = u.id
LEFT JOIN (SELECT user_id,
                  CASE min(CASE group_id WHEN 2 THEN 1 WHEN 11 THEN 2 WHEN 5 THEN 3 WHEN 1 THEN 4 END)
                    WHEN 1 THEN 'doctor' WHEN 2 THEN 'technician' WHEN 3 THEN 'master'
                    WHEN 4 THEN 'patient' END AS role
           FROM expert.auth_user_groups GROUP BY user_id) g ON g.user_id = u.id;
ANALYZE people;

INSERT INTO profiles (id, profile_type, first_name, last_name, email, username, password_hash,
                      date_of_birth, gender, is_active, is_verified, archived, suspended,
                      patient_suffix, medical_history, last_login_at, created_at, legacy_user_id,
                      legacy_patient_id, metadata)
SELECT expert.make_id('profiles', id), role::profile_type, trim(first_name), trim(last_name),
       CASE WHEN row_number() OVER (PARTITION BY address ORDER BY id) = 1 THEN address END,
       username, password, birthdate,
       CASE sex WHEN 0 THEN 'other' WHEN 1 THEN 'male' WHEN 2 THEN 'female'
                ELSE 'unknown' END::gender_type,
       is_active, false, coalesce(archived, false), coalesce(suspended, false), suffix,
       expert.read_json(nullif(schemes, '')), last_login, date_joined, id, patient_id,
       expert.audit('auth_user',
         ARRAY['id', 'last_login', 'is_superuser', 'username', 'first_name', 'last_name', 'email',
               'is_staff', 'is_active', 'date_joined'],
         ARRAY[id::text, last_login::text, is_superuser::text, username, first_name, last_name,
               email, is_staff::text, is_active::text, date_joined::text])
FROM people
WHERE role IS NOT NULL
  AND (address IS NULL OR address ~ '^[a-z0-9._%+''-]+@[a-z0-9.-]+\.[a-z]{2,}$')
  AND (role <> 'patient' OR suffix <> '');

INSERT INTO doctors (id, profile_id, doctor_number, specialty, primary_office_id, status,
                     joined_practice_at, legacy_user_id, metadata)
SELECT expert.make_id('doctors', u.id), pr.id,
       'DOC-' || lpad(u.id::text, greatest(6, length(u.id::text)), '0'), 'orthodontics', o.id,
       CASE WHEN u.is_active THEN 'active' ELSE 'inactive' END, u.date_joined, u.id,
       expert.audit('auth_user',
         ARRAY['id', 'last_login', 'is_superuser', 'username', 'first_name', 'last_name', 'email',
               'is_staff', 'is_active', 'date_joined'],
         ARRAY[u.id::text, u.last_login::text, u.is_superuser::text, u.username, u.first_name,
               u.last_name, u.email, u.is_staff::text, u.is_active::text, u.date_joined::text])
FROM people u
JOIN profiles pr ON pr.legacy_user_id = u.id
LEFT JOIN (SELECT DISTINCT ON (user_id) user_id, office_id FROM expert.dispatch_office_doctors
           ORDER BY user_id, id) f ON f.user_id = u.id
LEFT JOIN offices o ON o.legacy_office_id = f.office_id
WHERE u.patient_id IS NULL
  AND (f.user_id IS NOT NULL
       OR u.id IN (SELECT user_id FROM expert.dispatch_doctorsetting)
       OR u.id IN (SELECT doctor_id FROM expert.dispatch_patient)
       OR u.id IN (SELECT user_id FROM expert.auth_user_groups WHERE group_id = 2));

INSERT INTO patients (id, profile_id, patient_number, suffix, sex, date_of_birth, primary_doctor_id,
                      assigned_office_id, status, archived, suspended, schemes, enrolled_at,
                      legacy_patient_id, legacy_user_id, legacy_doctor_id, metadata)
SELECT expert.make_id('patients', p.id), pr.id, 'PAT-' || p.id, p.suffix,
       CASE p.sex WHEN 0 THEN 'other' WHEN 1 THEN 'male' WHEN 2 THEN 'female'
                  ELSE 'unknown' END::gender_type,
       p.birthdate, d.id, o.id,
       CASE p.status WHEN 1 THEN 'active' WHEN 4 THEN 'active' WHEN 2 THEN 'on_hold'
                     WHEN 10 THEN 'archived' END::patient_status,
       p.archived, p.suspended,
       CASE WHEN p.schemes <> '' THEN coalesce(expert.read_json(p.schemes), to_jsonb(p.schemes)) END,
       p.submitted_at AT TIME ZONE 'America/Los_Angeles', p.id, p.user_id, p.doctor_id,
       expert.audit('dispatch_patient',
         ARRAY['id', 'user_id', 'doctor_id', 'office_id', 'birthdate', 'sex', 'suffix', 'archived',
               'suspended', 'status', 'schemes', 'submitted_at', 'updated_at'],
         ARRAY[p.id::text, p.user_id::text, p.doctor_id::text, p.office_id::text,
               p.birthdate::text, p.sex::text, p.suffix, p.archived::text, p.suspended::text,
               p.status::text, p.schemes, p.submitted_at::text, p.updated_at::text])
FROM expert.dispatch_patient p
JOIN profiles pr ON pr.legacy_user_id = p.user_id
LEFT JOIN doctors d ON d.legacy_user_id = p.doctor_id
LEFT JOIN offices o ON o.legacy_office_id = p.office_id
WHERE length(p.suffix) <= 4;

INSERT INTO orders (id, order_number, patient_id, doctor_id, office_id, course_type, status, notes,
                    complaint, amount, submitted_at, approved_at, shipped_at, deleted, exports,
                    suffix, legacy_instruction_id, metadata)
SELECT expert.make_id('orders', i.id), 'ORD-' || i.id, p.id, d.id, p.assigned_office_id,
       CASE i.course_id WHEN 1 THEN 'main' WHEN 2 THEN 'refinement' WHEN 3 THEN 'replacement'
                        WHEN 4 THEN 'any' WHEN 7 THEN 'invoice' WHEN 8 THEN 'merchandise'
                        END::course_type,
       CASE i.status WHEN 0 THEN 'no_product' WHEN 1 THEN 'submitted' WHEN 2 THEN 'approved'
                     WHEN 4 THEN 'shipped' END::order_status,
       i.notes, i.complaint, i.price, i.submitted_at,
       CASE WHEN i.status >= 2 THEN i.updated_at END, CASE WHEN i.status = 4 THEN i.updated_at END,
       false, expert.read_json(nullif(i.exports, '')), i.suffix, i.id,
       expert.audit('dispatch_instruction',
         ARRAY['id', 'patient_id', 'course_id', 'status', 'deleted', 'suffix', 'order',
               'submitted_at', 'updated_at', 'notes', 'complaint', 'objective', 'conditions',
               'price', 'exports', 'cbct', 'model', 'scanner', 'scanner_notes', 'comprehensive',
               'accept_extraction', 'upper_jaw_id', 'lower_jaw_id'],
         ARRAY[i.id::text, i.patient_id::text, i.course_id::text, i.status::text, i.deleted::text,
               i.suffix, i."order"::text, i.submitted_at::text, i.updated_at::text, i.notes,
               i.complaint, i.objective, i.conditions, i.price::text, i.exports, i.cbct::text,
               i.model::text, i.scanner::text, i.scanner_notes, i.comprehensive::text,
               i.accept_extraction::text, i.upper_jaw_id::text, i.lower_jaw_id::text])
FROM expert.dispatch_instruction i
JOIN patients p ON p.legacy_patient_id = i.patient_id
JOIN doctors d ON d.legacy_user_id = p.legacy_doctor_id
WHERE NOT i.deleted AND i.status IN (0, 1, 2, 4) AND i.course_id IN (1, 2, 3, 4, 7, 8)
  AND (i.exports = '' OR expert.read_json(i.exports) IS NOT NULL);

INSERT INTO messages (id, message_type, title, subject, content, sender_id, recipient_type,
                      recipient_id, legacy_record_id, created_at, updated_at, metadata)
SELECT expert.make_id('messages', r.id),
       CASE r.type WHEN 3 THEN 'support' WHEN 5 THEN 'clinical_note' WHEN 6 THEN 'notification'
                   WHEN 8 THEN 'status_update' END::message_type,
       t.title, t.title, r.text, s.id,
       CASE r.target_type_id WHEN 11 THEN 'patient' WHEN 58 THEN 'user' END, coalesce(p.id, u.id),
       r.id, r.created_at, r.created_at,
       jsonb_build_object('migration', jsonb_build_object('table', 'dispatch_record', 'row',
         jsonb_object(
           ARRAY['id', 'target_type_id', 'target_id', 'type', 'author_id', 'group_id', 'public',
                 'created_at'],
           ARRAY[r.id::text, r.target_type_id::text, r.target_id::text, r.type::text,
                 r.author_id::text, r.group_id::text, r.public::text, r.created_at::text]),
         'public', r.public, 'group', r.group_id, 'target_type', r.target_type_id))
FROM expert.dispatch_record r
CROSS JOIN LATERAL (SELECT rtrim(split_part(ltrim(r.text, E' \n'), E'\n', 1))) l(line)
CROSS JOIN LATERAL (SELECT CASE WHEN l.line = '' THEN 'Message'
                                WHEN length(l.line) > 50 THEN left(l.line, 49) || '…'
                                ELSE l.line END) t(title)
LEFT JOIN profiles s ON s.legacy_user_id = r.author_id
LEFT JOIN patients p ON r.target_type_id = 11 AND p.legacy_patient_id = r.target_id
LEFT JOIN profiles u ON r.target_type_id = 58 AND u.legacy_user_id = r.target_id
WHERE r.type IN (3, 5, 6, 8) AND coalesce(p.id, u.id) IS NOT NULL;

INSERT INTO files (id, file_uid, order_id, filename, file_type, file_size_bytes, mime_type,
                   uploaded_at, legacy_file_id, metadata)
SELECT expert.make_id('files', f.id), f.uid, o.id,
       CASE WHEN coalesce(f.ext, '') = '' THEN f.name
            WHEN lower(f.name) LIKE '%.' || x.extension THEN f.name
            ELSE f.name || '.' || x.extension END,
       x.extension, f.size,
       CASE x.extension
         WHEN 'jpg' THEN 'image/jpeg' WHEN 'jpeg' THEN 'image/jpeg' WHEN 'png' THEN 'image/png'
         WHEN 'gif' THEN 'image/gif' WHEN 'stl' THEN 'model/stl' WHEN 'ply' THEN 'model/ply'
         WHEN 'zip' THEN 'application/zip' WHEN 'dxf' THEN 'image/vnd.dxf'
         WHEN 'dcm' THEN 'application/dicom' WHEN 'pdf' THEN 'application/pdf'
         WHEN 'txt' THEN 'text/plain'
         WHEN 'docx'
           THEN 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' END,
       f.created_at, f.id,
       expert.audit('dispatch_file',
         ARRAY['id', 'uid', 'name', 'ext', 'size', 'type', 'status', 'instruction_id', 'record_id',
               'product_id', 'description', 'parameters', 'created_at'],
         ARRAY[f.id::text, f.uid, f.name, f.ext, f.size::text, f.type::text, f.status::text,
               f.instruction_id::text, f.record_id::text, f.product_id::text, f.description,
               f.parameters, f.created_at::text])
FROM (SELECT *, row_number() OVER (PARTITION BY uid ORDER BY id) AS turn
      FROM expert.dispatch_file) f
CROSS JOIN LATERAL (SELECT lower(ltrim(f.ext, '.'))) x(extension)
LEFT JOIN orders o ON o.legacy_instruction_id = f.instruction_id
WHERE f.name IS NOT NULL AND isfinite(f.created_at) AND f.turn = 1;

INSERT INTO message_attachments (id, message_id, file_id, attachment_type)
SELECT expert.make_id('message_attachments', f.id), m.id, t.id, 'file'
FROM expert.dispatch_file f
JOIN messages m ON m.legacy_record_id = f.record_id
JOIN files t ON t.legacy_file_id = f.id;

COMMIT;
\timing off
DROP SCHEMA expert CASCADE;
DROP SERVER expert_legacy CASCADE;
