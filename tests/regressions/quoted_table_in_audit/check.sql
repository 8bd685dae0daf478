SELECT history FROM items WHERE history->>'table' IS DISTINCT FROM 'a "quoted".table' OR history->'row' <> '{"id": "1", "name": "One"}';
SELECT 'missing' WHERE NOT EXISTS (SELECT 1 FROM items);
