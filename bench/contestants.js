// Who loads the twin, each from start to exit of its own process.
import {dental, programs, root, tables} from './databases.js';
import {namespace, readIdVersions, writeExample} from './mappings.js';
import {run} from './process.js';

const heldRows = 3;

export function runRehome({source, target}, mapping, workers) {
  return run(`${programs}/rehome`, ['sync', '-f', mapping, '--workers', workers, '--json'], {
    codes: [0, heldRows],
    environment: {LEGACY_URL: source.url('legacy_reader'), TARGET_URL: target.url('rehome_writer')},
  });
}

// The uuid of entity $1 and key $2 as one SQL expression, so that PostgreSQL inlines it; a bit of byte n is set_bit 8n+b.
function makeIdExpression() {
  const input = `convert_to(length($1) || ':' || $1 || 'i' || length($2::text) || ':' || $2::text, 'UTF8')`;
  const key = `'\\x${namespace.replaceAll('-', '')}'::bytea`;
  const withVersion = (bytes, version) => {
    let result = bytes;
    [0, 1, 2, 3].forEach((bit) => { result = `set_bit(${result}, ${52 + bit}, ${(version >> bit) & 1})`; });
    return `encode(set_bit(set_bit(substr(${result}, 1, 16), 71, 1), 70, 0), 'hex')::uuid`;
  };
  const ordered = withVersion(
    `overlay(bench.hmac(${input}, ${key}, 'sha256') PLACING substr(int8send($2::bigint), 3) FROM 1 FOR 6)`, 8);
  const named = withVersion(`bench.digest(${key} || ${input}, 'sha1')`, 5);
  const entities = Object.entries(readIdVersions()).filter(([, version]) => version === 'v5');
  if (entities.length === 0) return ordered;
  return `CASE WHEN $1 IN (${entities.map(([entity]) => `'${entity}'`)}) THEN ${named} ELSE ${ordered} END`;
}

export function runPipe({source, target}) {
  return run(`${programs}/bench-pipe`, [source.url('legacy_reader'), target.url('rehome_writer'), ...tables]);
}

export function runScript({source, target}) {
  return run('node', [`${root}/bench/script/main.js`, JSON.stringify(source.settings('legacy_reader')),
    JSON.stringify(target.settings('rehome_writer')), namespace, JSON.stringify(readIdVersions())]);
}

export function runForeignData({source, target}) {
  return run('psql', ['-Xq', '-v', `host=${source.host}`, '-v', `port=${source.port}`, '-v', `dbname=${source.name}`,
    '-v', 'user=legacy_reader', '-v', `id_expression=${makeIdExpression()}`, '-f', `${dental}/expert.sql`, target.url()]);
}

export const contestants = {
  bare_pipe: runPipe,
  rehome_1_worker: (databases) => runRehome(databases, writeExample(), 1),
  rehome_2_workers: (databases) => runRehome(databases, writeExample(), 2),
  script: runScript,
  postgres_fdw: runForeignData,
};
