-- The target as it is, with every reference followed to the legacy id behind it: the same columns as
-- the expected_ tables of check_expected.sql, in the same order.

CREATE VIEW found_offices AS
SELECT legacy_office_id AS legacy_id, name, address, apartment, city, state, zip_code, country,
       phone, tax_rate, square_customer_id, is_active, email_notifications,
       metadata -> 'migration' AS audit
FROM public.offices;

CREATE VIEW found_profiles AS
SELECT legacy_user_id AS legacy_id, profile_type::text, first_name, last_name, email, username,
       password_hash, date_of_birth, gender::text, is_active, is_verified, archived, suspended,
       patient_suffix::text, medical_history, last_login_at, created_at, legacy_patient_id,
       metadata -> 'migration' AS audit
FROM public.profiles;

CREATE VIEW found_doctors AS
SELECT d.legacy_user_id AS legacy_id, p.legacy_user_id AS profile_of, d.doctor_number, d.specialty,
       o.legacy_office_id AS primary_office_of, d.status, d.joined_practice_at,
       d.metadata -> 'migration' AS audit
FROM public.doctors d
LEFT JOIN public.profiles p ON p.id = d.profile_id
LEFT JOIN public.offices o ON o.id = d.primary_office_id;

CREATE VIEW found_patients AS
SELECT t.legacy_patient_id AS legacy_id, p.legacy_user_id AS profile_of, t.patient_number,
       t.suffix::text, t.sex::text, t.date_of_birth, d.legacy_user_id AS primary_doctor_of,
       o.legacy_office_id AS assigned_office_of, t.status::text, t.archived, t.suspended,
       t.schemes, t.enrolled_at, t.legacy_user_id, t.legacy_doctor_id,
       t.metadata -> 'migration' AS audit
FROM public.patients t
LEFT JOIN public.profiles p ON p.id = t.profile_id
LEFT JOIN public.doctors d ON d.id = t.primary_doctor_id
LEFT JOIN public.offices o ON o.id = t.assigned_office_id;

CREATE VIEW found_orders AS
SELECT r.legacy_instruction_id AS legacy_id, r.order_number, p.legacy_patient_id AS patient_of,
       d.legacy_user_id AS doctor_of, o.legacy_office_id AS office_of, r.course_type::text,
       r.status::text, r.notes, r.complaint, r.amount, r.submitted_at, r.approved_at, r.shipped_at,
       r.deleted, r.exports, r.suffix::text, r.metadata -> 'migration' AS audit
FROM public.orders r
LEFT JOIN public.patients p ON p.id = r.patient_id
LEFT JOIN public.doctors d ON d.id = r.doctor_id
LEFT JOIN public.offices o ON o.id = r.office_id;

-- subject is a copy of title; a difference shows as a title nobody expects.
CREATE VIEW found_messages AS
SELECT m.legacy_record_id AS legacy_id, m.message_type::text,
       CASE WHEN m.subject = m.title THEN m.title END AS title, m.content,
       s.legacy_user_id AS sender_of, m.recipient_type,
       CASE m.recipient_type WHEN 'patient' THEN p.legacy_patient_id ELSE u.legacy_user_id END
         AS recipient_of,
       m.created_at, m.updated_at, m.metadata -> 'migration' AS audit
FROM public.messages m
LEFT JOIN public.profiles s ON s.id = m.sender_id
LEFT JOIN public.patients p ON p.id = m.recipient_id
LEFT JOIN public.profiles u ON u.id = m.recipient_id;

CREATE VIEW found_files AS
SELECT f.legacy_file_id AS legacy_id, f.file_uid, o.legacy_instruction_id AS order_of, f.filename,
       f.file_type, f.file_size_bytes, f.mime_type, f.uploaded_at,
       f.metadata -> 'migration' AS audit
FROM public.files f
LEFT JOIN public.orders o ON o.id = f.order_id;

CREATE VIEW found_message_attachments AS
SELECT f.legacy_file_id AS legacy_id, m.legacy_record_id AS message_of,
       f.legacy_file_id AS file_of, a.attachment_type
FROM public.message_attachments a
LEFT JOIN public.messages m ON m.id = a.message_id
LEFT JOIN public.files f ON f.id = a.file_id;
