-- Run on the target by a superuser, after target.sql. The role that writes: no superuser, but
-- BYPASSRLS, the right to create the schema rehome and temporary tables, and rows of our tables.
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'rehome_writer') THEN
    CREATE ROLE rehome_writer LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE BYPASSRLS;
  END IF;
  EXECUTE format('GRANT CONNECT, CREATE, TEMPORARY ON DATABASE %I TO rehome_writer',
                 current_database());
END $$;
GRANT USAGE ON SCHEMA public TO rehome_writer;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO rehome_writer;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO rehome_writer;
