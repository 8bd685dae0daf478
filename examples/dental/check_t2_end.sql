-- After the last run: every step is in exactly one of them.
\set ON_ERROR_STOP 1
\set QUIET 1
\pset footer off
\echo
\echo 'Which run has seen what:'
SELECT s.number AS step, s.what, n.run_id AS run FROM step s LEFT JOIN seen n ON n.step = s.number
ORDER BY s.number;
SELECT count(*) = 0 AS all_seen
FROM step s LEFT JOIN seen n ON n.step = s.number WHERE n.step IS NULL \gset
\if :all_seen
\echo 'Every step is in one run; none is in neither.'
\else
DO $$ BEGIN RAISE 'there are steps that no run has seen'; END $$;
\endif
