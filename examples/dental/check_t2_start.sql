-- Before the first step of the drift: nothing is left from runs before.
\ir check_t2_state.sql

-- Rows whose unique value changed places with that of another: the target has no way to write both.
CREATE TABLE stuck (entity text, id integer, PRIMARY KEY (entity, id));
-- Rows that the source has no longer, or the mapping excludes now; `deletes: report` lets them stand.
CREATE TABLE standing (entity text, id integer, PRIMARY KEY (entity, id));
-- Which run has seen which step.
CREATE TABLE seen (step integer PRIMARY KEY, run_id integer);
