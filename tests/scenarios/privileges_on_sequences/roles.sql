\connect source
CREATE ROLE source_reader LOGIN;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO source_reader;
\connect target
CREATE ROLE target_writer LOGIN;
GRANT CREATE ON DATABASE target TO target_writer;
GRANT SELECT, INSERT ON clinics, visits TO target_writer;
