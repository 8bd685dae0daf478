-- The foreign keys Django would have declared. NOT VALID, because the twin holds orphans: run it
-- after the load (dental-twin --foreign-keys does).

ALTER TABLE auth_user_groups
  ADD FOREIGN KEY (user_id) REFERENCES auth_user NOT VALID,
  ADD FOREIGN KEY (group_id) REFERENCES auth_group NOT VALID;
ALTER TABLE dispatch_office_doctors
  ADD FOREIGN KEY (office_id) REFERENCES dispatch_office NOT VALID,
  ADD FOREIGN KEY (user_id) REFERENCES auth_user NOT VALID;
ALTER TABLE dispatch_doctorsetting
  ADD FOREIGN KEY (user_id) REFERENCES auth_user NOT VALID;
ALTER TABLE dispatch_patient
  ADD FOREIGN KEY (user_id) REFERENCES auth_user NOT VALID,
  ADD FOREIGN KEY (doctor_id) REFERENCES auth_user NOT VALID,
  ADD FOREIGN KEY (office_id) REFERENCES dispatch_office NOT VALID;
ALTER TABLE dispatch_instruction
  ADD FOREIGN KEY (patient_id) REFERENCES dispatch_patient NOT VALID,
  ADD FOREIGN KEY (course_id) REFERENCES dispatch_course NOT VALID;
ALTER TABLE dispatch_record
  ADD FOREIGN KEY (author_id) REFERENCES auth_user NOT VALID,
  ADD FOREIGN KEY (group_id) REFERENCES auth_group NOT VALID,
  ADD FOREIGN KEY (target_type_id) REFERENCES django_content_type NOT VALID;
ALTER TABLE dispatch_file
  ADD FOREIGN KEY (instruction_id) REFERENCES dispatch_instruction NOT VALID,
  ADD FOREIGN KEY (record_id) REFERENCES dispatch_record NOT VALID;
