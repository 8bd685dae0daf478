WITH expected (legacy_id, name, city, phone) AS (
  VALUES (1, 'Last 1', 'Newtown', '555-1'), (2, 'Target 2', 'City 2', '555-2'), (3, 'Source 3', 'City 3', '555-3'), (4, 'Source 4', 'City 4', '555-4'),
    (5, 'Last 5', 'City 5', '555-5'), (6, 'Source 6', 'City 6', '555-6'), (7, 'Source 7', 'City 7', '555-7'), (8, 'Target 8', 'City 8', '555-8'),
    (9, 'Source 9', 'City 9', 'mine')
), found AS (SELECT legacy_id, name, city, phone FROM people)
(TABLE expected EXCEPT TABLE found) UNION ALL (TABLE found EXCEPT TABLE expected);
SELECT legacy_key FROM rehome.quarantine;
SELECT legacy_id FROM rehome.ledger_people WHERE refused_hash IS NOT NULL;
