SELECT legacy_id FROM patients EXCEPT VALUES (1), (3), (4);
SELECT 'no invoice' WHERE NOT EXISTS (SELECT FROM invoices);
