-- Run on the source by its owner, after the load. The role that reads: nothing but SELECT.
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'legacy_reader') THEN
    CREATE ROLE legacy_reader LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
  END IF;
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO legacy_reader', current_database());
END $$;
GRANT USAGE ON SCHEMA public TO legacy_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO legacy_reader;
