WITH expected AS (
  SELECT n AS number, 'K"' || n % 3 || ',{}\' AS code, CASE WHEN n = 29 THEN 'words 29!' WHEN n > 25 THEN upper('words ' || n) ELSE 'words ' || n END AS words, 'note ' || n AS note, n || '.00' AS price
  FROM generate_series(1, 30) AS n
), found AS (SELECT number, "co'de", words, "no""te", price::text FROM lines)
(TABLE expected EXCEPT TABLE found) UNION ALL (TABLE found EXCEPT TABLE expected);
