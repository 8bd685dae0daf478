\connect source
CREATE ROLE source_reader LOGIN PASSWORD 'canary-source';
GRANT USAGE ON SCHEMA public TO source_reader;
GRANT SELECT ON clinic TO source_reader;
\connect target
CREATE ROLE target_writer LOGIN PASSWORD 'canary-target';
GRANT SELECT, INSERT, UPDATE ON clinics TO target_writer;
