\connect source
CREATE ROLE source_reader LOGIN;
GRANT USAGE ON SCHEMA public TO source_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO source_reader;
\connect target
CREATE ROLE target_writer LOGIN;
GRANT CREATE, TEMPORARY ON DATABASE target TO target_writer;
GRANT USAGE ON SCHEMA public, billing TO target_writer;
GRANT SELECT, INSERT, UPDATE ON patients TO target_writer;
