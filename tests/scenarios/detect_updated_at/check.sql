SELECT count(*) FROM notes HAVING count(*) <> 40;
SELECT legacy_id FROM notes WHERE words <> upper(words);
SELECT count(*) FROM visits HAVING count(*) <> 55;
