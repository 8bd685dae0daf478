SELECT 'orders', legacy_instruction_id FROM orders WHERE legacy_instruction_id NOT IN (100, 101, 107);
SELECT 'patients', count(*) FROM orders JOIN patients AS p ON p.id = patient_id JOIN doctors AS d ON d.id = doctor_id
WHERE (legacy_instruction_id, legacy_patient_id, legacy_user_id) IN ((100, 10, 1), (101, 11, 3), (107, 13, 1)) HAVING count(*) <> 3;
SELECT 'offices', legacy_instruction_id FROM orders WHERE (office_id IS NOT NULL) <> (legacy_instruction_id = 100);
SELECT 'ids', a.id FROM orders AS a JOIN orders AS b ON a.id < b.id AND a.legacy_instruction_id > b.legacy_instruction_id;
(VALUES (102, 'map'), (103, 'value'), (104, 'join:p'), (106, 'parent_excluded'))
EXCEPT SELECT (legacy_key->>'id')::integer, reason FROM rehome.quarantine WHERE entity = 'orders';
SELECT 'messages', count(*) FROM messages LEFT JOIN patients AS p ON p.id = recipient_id LEFT JOIN profiles AS f ON f.id = recipient_id
WHERE (legacy_record_id, coalesce(legacy_patient_id, 0), coalesce(legacy_user_id, 0)) IN ((1, 10, 0), (2, 0, 2), (5, 0, 1)) HAVING count(*) <> 3;
