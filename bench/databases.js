// The two databases of a benchmark: the twin in the source server, the target's schema in the other.
import {existsSync, mkdirSync, readFileSync} from 'node:fs';
import {run, runSql} from './process.js';

export const root = new URL('..', import.meta.url).pathname.replace(/\/$/, '');
export const programs = process.env.BENCH_PROGRAMS ?? `${root}/build/release`;
export const dental = `${root}/examples/dental`;
export const work = `${root}/build/bench`;

const ticksPerSecond = 100;  // USER_HZ, the same on every Linux

export const tables = ['offices', 'profiles', 'doctors', 'patients', 'orders', 'messages', 'files', 'message_attachments'];

async function readServerUrl(side) {
  return new URL((await run(`${root}/dev`, ['pg', 'url', side])).output.trim().replace('@/', '@localhost/'));
}

// One database of one server, as each of our clients wants it.
class Database {
  constructor(server, name) {
    this.name = name;
    this.host = server.searchParams.get('host');
    this.port = server.searchParams.get('port');
    this.server = `postgresql://postgres@/postgres?host=${this.host}&port=${this.port}`;
  }
  url(role = 'postgres') {
    return `postgresql://${role}@/${this.name}?host=${this.host}&port=${this.port}`;
  }
  settings(user) {
    return {host: this.host, port: Number(this.port), database: this.name, user};
  }
  async make() {
    await this.drop();
    await runSql(this.server, `CREATE DATABASE ${this.name}`);
  }
  async drop() {
    await runSql(this.server, `SET client_min_messages = warning; DROP DATABASE IF EXISTS ${this.name} WITH (FORCE)`);
  }
}

async function fillSource(source, scale, seed) {
  const twin = ['--scale', scale, '--seed', seed, '--stage', 't1', '--to', source.url()];
  await run(`${programs}/dental-twin`, twin);
  await run('psql', ['-Xq', '-v', 'ON_ERROR_STOP=1', source.url(), '-f', `${dental}/roles_source.sql`]);
  await runSql(source.url(), 'VACUUM (FREEZE, ANALYZE)');
}

async function fillTarget(target) {
  await run('psql', ['-Xq', '-v', 'ON_ERROR_STOP=1', target.url(), '-f', `${dental}/target.sql`,
    '-f', `${dental}/roles_target.sql`]);
  await runSql(target.url(), `CREATE SCHEMA bench; CREATE EXTENSION pgcrypto SCHEMA bench;
    CREATE EXTENSION postgres_fdw SCHEMA bench`);
}

export async function makeDatabases(name, scale, seed) {
  mkdirSync(work, {recursive: true});
  const source = new Database(await readServerUrl('source'), `${name}_legacy`);
  const target = new Database(await readServerUrl('target'), `${name}_modern`);
  await source.make();
  await target.make();
  await fillSource(source, scale, seed);
  await fillTarget(target);
  return {source, target};
}

export async function dropDatabases({source, target}) {
  await source.drop();
  await target.drop();
}

export async function emptyTarget(target) {
  await runSql(target.url(), `SET client_min_messages = warning; TRUNCATE ${tables.join(', ')};
    DROP SCHEMA IF EXISTS rehome CASCADE; CHECKPOINT`);
}

// CPU seconds of all sessions of the target's server that have ended: its postmaster's account of its children.
export async function readServerSeconds(target) {
  const readStat = (pid) => readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
  const [parent] = (await runSql(target.url(), `SELECT pg_read_file('postmaster.pid')`)).split('\n');
  const [user, system] = readStat(parent).slice(13, 15).map(Number);
  return (user + system) / ticksPerSecond;
}

// Copies what the target holds now into schema `ready` of the source, column for column. Enums become text: on the wire
// they are the same.
export async function makeReadyRows(source, target) {
  const shapes = await runSql(target.url(), `
    SELECT format('CREATE TABLE ready.%I (%s);', c.relname, string_agg(format('%I %s', a.attname,
             CASE WHEN t.typtype = 'e' THEN 'text' ELSE format_type(a.atttypid, a.atttypmod) END), ', ' ORDER BY attnum))
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_type t ON t.oid = a.atttypid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND attnum > 0 AND NOT attisdropped
    GROUP BY c.relname`);
  await runSql(source.url(), `CREATE SCHEMA ready; GRANT USAGE ON SCHEMA ready TO legacy_reader; ${shapes}
    GRANT SELECT ON ALL TABLES IN SCHEMA ready TO legacy_reader`);
  for (const table of tables) {
    await run('bash', ['-c', `set -o pipefail
      psql -XqAt "$0" -c "COPY ${table} TO STDOUT (FORMAT binary)" | psql -XqAt "$1" -c "COPY ready.${table} FROM STDIN (FORMAT binary)"`,
    target.url(), source.url()]);
  }
  await runSql(source.url(), 'VACUUM (FREEZE, ANALYZE)');
}

export async function removeReadyRows(source) {
  await runSql(source.url(), 'SET client_min_messages = warning; DROP SCHEMA IF EXISTS ready CASCADE');
}

// Set by the clock at insertion, not by the mapping.
const clockColumns = {profiles: ['updated_at'], messages: []};

// {table: {rows, digest}} of every mapped column, ids among them.
export async function readDigests(target) {
  const digests = {};
  for (const table of tables) {
    const clock = (clockColumns[table] ?? ['created_at', 'updated_at']).map((column) => `'${column}'`).join(', ');
    const columns = await runSql(target.url(), `
      SELECT string_agg(quote_ident(attname), ', ' ORDER BY attname) FROM pg_attribute
      WHERE attrelid = '${table}'::regclass AND attnum > 0 AND NOT attisdropped
        AND attname <> ALL (ARRAY[${clock || "''"}])`);
    const [rows, digest] = (await runSql(target.url(), `
      SET TimeZone = 'UTC'; SET extra_float_digits = 1;
      SELECT count(*), md5(concat(sum(hashtextextended(row::text, 0)::numeric), ' ',
                                  sum(hashtextextended(row::text, 1)::numeric)))
      FROM (SELECT ${columns} FROM ${table}) row`)).split('|');
    digests[table] = {rows: Number(rows), digest};
  }
  return digests;
}

export function ensurePrograms(names) {
  for (const name of names) {
    if (!existsSync(`${programs}/${name}`)) throw new Error(`${programs}/${name} is not built`);
  }
}
