SELECT 'persons' WHERE (SELECT count(*) FROM persons) <> 51 UNION ALL SELECT 'another' FROM people_of_another;
