-- State of rehome on the target, version 6; brings an older version up to it. docs/ledger.md explains every column and who sets it.
CREATE SCHEMA IF NOT EXISTS rehome;

CREATE TABLE IF NOT EXISTS rehome.setting (
  name text PRIMARY KEY,
  value text NOT NULL
);

DO $$ BEGIN
  CREATE TYPE rehome.ledger_state AS ENUM ('here', 'held', 'gone');
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;

CREATE TABLE IF NOT EXISTS rehome.run (
  run_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  mapping text NOT NULL,
  fingerprint text NOT NULL,
  program_version text NOT NULL,
  host text NOT NULL,
  pid integer NOT NULL,
  backend_pid integer NOT NULL,
  backend_start timestamptz NOT NULL,
  workers integer NOT NULL,
  source_system text NOT NULL,
  source_database text NOT NULL,
  snapshot text,
  snapshot_sees text,
  state text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done', 'failed', 'interrupted', 'abandoned')),
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  finished_at timestamptz,
  exit_code integer,
  accounting jsonb
);

ALTER TABLE rehome.run ADD COLUMN IF NOT EXISTS snapshot_sees text;

CREATE TABLE IF NOT EXISTS rehome.entity (
  entity text PRIMARY KEY,
  source_table text NOT NULL,
  target_table text NOT NULL,
  ledger_table text NOT NULL,
  legacy_key text[] NOT NULL,
  target_key text[] NOT NULL,
  kept_in text[] NOT NULL DEFAULT '{}',
  answers_for text NOT NULL DEFAULT '',
  first_run integer NOT NULL
);
ALTER TABLE rehome.entity ADD COLUMN IF NOT EXISTS kept_in text[] NOT NULL DEFAULT '{}';
ALTER TABLE rehome.entity ADD COLUMN IF NOT EXISTS answers_for text NOT NULL DEFAULT '';
ALTER TABLE rehome.entity ADD COLUMN IF NOT EXISTS latest_change text, ADD COLUMN IF NOT EXISTS latest_change_by text;

CREATE TABLE IF NOT EXISTS rehome.worker (
  worker_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run_id integer NOT NULL REFERENCES rehome.run,
  host text NOT NULL,
  pid integer NOT NULL,
  backend_pid integer NOT NULL,
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  seen_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE IF NOT EXISTS rehome.batch (
  batch_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run_id integer NOT NULL REFERENCES rehome.run,
  entity text NOT NULL,
  after_key text[],
  upto_key text[],
  bucket integer NOT NULL DEFAULT 0,
  buckets integer NOT NULL DEFAULT 0,
  listed_keys jsonb,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'leased', 'done', 'void')),
  token bigint NOT NULL DEFAULT 0,
  worker_id bigint,
  parent_batch bigint,
  source_rows bigint,
  unchanged bigint,
  inserted bigint,
  updated bigint,
  adopted bigint,
  kept bigint,
  held bigint,
  excluded jsonb,
  gone bigint,
  deleted bigint,
  marked bigint,
  bytes bigint,
  leased_at timestamptz,
  finished_at timestamptz
);
ALTER TABLE rehome.batch ADD COLUMN IF NOT EXISTS without_key boolean NOT NULL DEFAULT false;
ALTER TABLE rehome.batch ADD COLUMN IF NOT EXISTS adopted bigint;
ALTER TABLE rehome.batch ADD COLUMN IF NOT EXISTS deleted bigint, ADD COLUMN IF NOT EXISTS marked bigint;
CREATE INDEX IF NOT EXISTS batch_open ON rehome.batch (run_id, entity, batch_id) WHERE state = 'waiting';

CREATE TABLE IF NOT EXISTS rehome.quarantine (
  quarantine_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  entity text NOT NULL,
  legacy_key jsonb NOT NULL,
  reason text NOT NULL,
  message text NOT NULL,
  mapping_place text,
  sqlstate text,
  constraint_name text,
  detail text,
  parent_entity text,
  parent_key jsonb,
  image jsonb,
  run_id integer NOT NULL,
  batch_id bigint NOT NULL,
  held_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (entity, legacy_key)
);
ALTER TABLE rehome.quarantine ADD COLUMN IF NOT EXISTS rows bigint NOT NULL DEFAULT 1;
CREATE INDEX IF NOT EXISTS quarantine_parent ON rehome.quarantine (parent_entity, parent_key) WHERE parent_entity IS NOT NULL;

CREATE TABLE IF NOT EXISTS rehome.open_ref (
  entity text NOT NULL,
  legacy_key jsonb NOT NULL,
  column_name text NOT NULL,
  parent_entity text NOT NULL,
  parent_key jsonb NOT NULL,
  run_id integer NOT NULL,
  batch_id bigint NOT NULL,
  PRIMARY KEY (entity, legacy_key, column_name)
);
CREATE INDEX IF NOT EXISTS open_ref_parent ON rehome.open_ref (parent_entity, parent_key);

CREATE TABLE IF NOT EXISTS rehome.loser (
  entity text NOT NULL,
  constraint_name text NOT NULL,
  legacy_key jsonb NOT NULL,
  PRIMARY KEY (entity, constraint_name, legacy_key)
);

CREATE TABLE IF NOT EXISTS rehome.undo (
  undo_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run_id integer NOT NULL,
  batch_id bigint NOT NULL,
  entity text NOT NULL,
  legacy_key jsonb NOT NULL,
  target_table text NOT NULL,
  kind text NOT NULL,
  image jsonb,
  ledger_row jsonb
);
ALTER TABLE rehome.undo ADD COLUMN IF NOT EXISTS open_refs jsonb;
ALTER TABLE rehome.undo ALTER COLUMN image DROP NOT NULL;
ALTER TABLE rehome.undo ALTER COLUMN ledger_row DROP NOT NULL;
ALTER TABLE rehome.undo DROP CONSTRAINT IF EXISTS undo_kind_check;
ALTER TABLE rehome.undo ADD CONSTRAINT undo_kind_check CHECK (kind IN ('update', 'adopt', 'delete', 'mark', 'settle'));
CREATE INDEX IF NOT EXISTS undo_of_run ON rehome.undo (run_id, entity);

-- Since version 5: rows that are gone are deleted or marked.
-- The key of a deleted row is free for another: the index that said otherwise is made anew.
DO $$
DECLARE
  command text;
BEGIN
  FOR command IN
    SELECT format('ALTER TABLE %s ADD COLUMN removal text CHECK (removal IN (''deleted'', ''marked''))', e.ledger_table)
    FROM rehome.entity AS e JOIN pg_attribute AS a ON a.attrelid = to_regclass(e.ledger_table)
    GROUP BY e.ledger_table HAVING bool_and(a.attname <> 'removal')
    UNION ALL
    -- Since version 6: what each column was left as, where edits of both sides are merged.
    SELECT format('ALTER TABLE %s ADD COLUMN base integer[]', e.ledger_table)
    FROM rehome.entity AS e JOIN pg_attribute AS a ON a.attrelid = to_regclass(e.ledger_table)
    GROUP BY e.ledger_table HAVING bool_and(a.attname <> 'base')
    UNION ALL
    SELECT format('DROP INDEX %s', i.indexrelid::regclass)
    FROM rehome.entity AS e JOIN pg_index AS i ON i.indrelid = to_regclass(e.ledger_table)
    WHERE i.indisunique AND NOT i.indisprimary AND i.indpred IS NULL
  LOOP
    EXECUTE command;
  END LOOP;
END $$;

INSERT INTO rehome.setting VALUES ('schema_version', '6')
ON CONFLICT (name) DO UPDATE SET value = excluded.value;
