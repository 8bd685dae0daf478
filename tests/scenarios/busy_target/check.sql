SELECT 'people' WHERE (SELECT count(*) FROM people) <> 58;
