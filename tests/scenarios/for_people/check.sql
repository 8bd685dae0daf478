SELECT 'notes', count(*) FROM notes HAVING count(*) <> 1;
SELECT 'lines', count(*) FROM lines HAVING count(*) <> 1;
SELECT 'tags', count(*) FROM tags HAVING count(*) <> 0;
