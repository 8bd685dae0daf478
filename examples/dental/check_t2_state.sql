-- What the next run is compared with: the version of every row of the target.
CREATE TABLE version AS
SELECT entity, id, target_id, version
FROM (SELECT 'offices' AS entity, legacy_office_id AS id, id AS target_id, xmin::text || ctid AS version
      FROM public.offices
      UNION ALL SELECT 'profiles', legacy_user_id, id, xmin::text || ctid FROM public.profiles
      UNION ALL SELECT 'doctors', legacy_user_id, id, xmin::text || ctid FROM public.doctors
      UNION ALL SELECT 'patients', legacy_patient_id, id, xmin::text || ctid FROM public.patients
      UNION ALL SELECT 'orders', legacy_instruction_id, id, xmin::text || ctid FROM public.orders
      UNION ALL SELECT 'messages', legacy_record_id, id, xmin::text || ctid FROM public.messages
      UNION ALL SELECT 'files', legacy_file_id, id, xmin::text || ctid FROM public.files
      UNION ALL SELECT 'message_attachments', f.legacy_file_id, a.id, a.xmin::text || a.ctid
                FROM public.message_attachments a JOIN public.files f ON f.id = a.file_id) t;
ALTER TABLE version ADD PRIMARY KEY (target_id);
