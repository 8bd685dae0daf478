CREATE EXTENSION postgres_fdw;
DO $$ BEGIN
  EXECUTE format('CREATE SERVER legacy FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host %L, dbname ''source'')', current_setting('unix_socket_directories'));
END $$;
CREATE USER MAPPING FOR CURRENT_USER SERVER legacy OPTIONS (user 'postgres');
CREATE SCHEMA legacy;
IMPORT FOREIGN SCHEMA public FROM SERVER legacy INTO legacy;
CREATE VIEW expected AS
  SELECT 'threads' AS what, concat_ws('/', id, kind, first_id, title) AS row FROM legacy.thread
  UNION ALL SELECT 'comment', concat_ws('/', id, thread_id, text) FROM legacy.comment
  UNION ALL SELECT 'note', concat_ws('/', id, thread_id, text) FROM legacy.note
  UNION ALL SELECT 'polls', concat_ws('/', id, options[favourite], title) FROM legacy.poll
  UNION ALL SELECT 'options', concat_ws('/', id, text) FROM legacy.poll, unnest(options) AS text
  UNION ALL SELECT 'nodes', concat_ws('/', id, number, node ->> 'parent', node ->> 'name') FROM legacy.document, jsonb_array_elements(nodes) WITH ORDINALITY AS n (node, number);
CREATE VIEW found AS
  SELECT 'threads' AS what, concat_ws('/', t.legacy_id, array_position('{comment,note}', r.legacy_table), r.legacy_id, title) AS row
  FROM threads AS t JOIN remarks AS r ON r.id = first_remark_id WHERE title <> 'own'
  UNION ALL SELECT legacy_table, concat_ws('/', r.legacy_id, t.legacy_id, text) FROM remarks AS r JOIN threads AS t ON t.id = thread_id WHERE text <> 'own'
  UNION ALL SELECT 'polls', concat_ws('/', p.legacy_id, text, title) FROM polls AS p JOIN options AS o ON o.id = favourite_id AND poll_id = p.id
  UNION ALL SELECT 'options', concat_ws('/', legacy_id, text) FROM options JOIN polls AS p ON p.id = poll_id
  UNION ALL SELECT 'nodes', concat_ws('/', n.document, n.number, p.number, n.name) FROM nodes AS n JOIN nodes AS p ON p.id = n.parent_id AND p.document = n.document;
(TABLE expected EXCEPT ALL TABLE found) UNION ALL (TABLE found EXCEPT ALL TABLE expected);
SELECT count(*) FROM remarks WHERE legacy_table = 'app' HAVING count(*) <> 1;
TABLE rehome.quarantine;
TABLE rehome.open_ref;
