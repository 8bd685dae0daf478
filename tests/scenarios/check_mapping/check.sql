SELECT nspname FROM pg_namespace WHERE nspname = 'rehome';
SELECT id FROM offices UNION ALL SELECT id FROM orders UNION ALL SELECT id FROM doctors UNION ALL SELECT id FROM profiles;
