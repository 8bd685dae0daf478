WITH expected (legacy_id, name, city) AS (
  VALUES (1, 'Source 1', 'City 1'), (2, 'Source 2', 'Moved'), (3, 'Source 3', 'City 3'), (4, 'Person 4', 'Target 4'), (5, 'Person 5', 'Target 5'),
    (6, 'Person 6', 'Target 6'), (7, 'Source 7', 'City 7'), (9, 'Person 9', 'City 9')
), found AS (SELECT legacy_id, name, city FROM people)
(TABLE expected EXCEPT TABLE found) UNION ALL (TABLE found EXCEPT TABLE expected);
WITH expected (legacy_id, name) AS (VALUES (1, 'Club 1'), (2, 'Renamed 2'), (3, 'Club 3'), (4, 'Club 4'), (5, 'Renamed 5'), (6, 'Club 6')),
found AS (SELECT legacy_id, name FROM clubs)
(TABLE expected EXCEPT TABLE found) UNION ALL (TABLE found EXCEPT TABLE expected);
