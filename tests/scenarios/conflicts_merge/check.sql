WITH expected (legacy_id, name, city, phone, amount) AS (
  VALUES (1, 'Again 1', 'Target 1', NULL, 101.00), (2, 'Third 2', 'Target 2', NULL, 102), (3, 'Again 3', 'Target 3', NULL, 103), (4, 'Source 4', 'Moved 4', '555-4', 4),
    (5, 'Target 5', 'Target 5', NULL, 5), (6, 'Source 6', 'City 6', '555-6', 6), (7, 'Person 7', NULL, '555-7', 7), (8, 'Person 8', 'Target 8', NULL, 8),
    (9, 'Target 9', 'City 9', NULL, 70), (10, 'Person 10', 'City 10', 'new 10', 10), (11, 'Mine 11', 'Moved 11', NULL, 11), (12, 'Back 12', 'Target 12', '555-12', 12),
    (13, 'Member', 'Target 13', NULL, 13), (14, 'Person 14', 'City 14', '555-14', 14), (15, 'Person 15', 'City 15', '555-15', 15), (16, 'Person 16', 'Elsewhere', '555-16', 16)
), found AS (SELECT legacy_id, name, city, phone, amount FROM people)
(TABLE expected EXCEPT TABLE found) UNION ALL (TABLE found EXCEPT TABLE expected);
SELECT p.legacy_id FROM people AS p LEFT JOIN people AS b ON b.id = p.boss_id WHERE b.legacy_id IS DISTINCT FROM CASE p.legacy_id WHEN 14 THEN 15 END OR p.club_id IS NOT NULL;
