// How much memory the program takes, and whether it grows only as promised.
import {runRehome} from './contestants.js';
import {dropDatabases, ensurePrograms, makeDatabases, readDigests} from './databases.js';
import {writeExample} from './mappings.js';
import {parseOptions} from './options.js';
import {describeMachine, printTable, readMachine, writeJson} from './report.js';

const usage = './dev bench memory [--json FILE] [--scales 1,10] [--workers N] [--seed N]';
const options = parseOptions({json: '', scales: '1,10', workers: 2, seed: 1}, usage);

const megabyte = 2 ** 20;
const parts = {fixed: 32 * megabyte, per_parent_row: 64, per_worker: 8 * megabyte};

// Whom an entity's refs lead to (examples/dental/rehome.yaml). Keys of parents are what the program keeps in memory, of one
// entity at a time.
const parents = {
  doctors: ['profiles', 'offices'],
  patients: ['profiles', 'doctors', 'offices'],
  orders: ['patients', 'doctors', 'offices'],
  messages: ['profiles', 'patients'],
  files: ['orders'],
  message_attachments: ['messages', 'files'],
};

function findLargestParents(digests) {
  const sums = Object.entries(parents).map(([entity, tables]) =>
    ({entity, tables, rows: tables.reduce((sum, table) => sum + digests[table].rows, 0)}));
  return sums.reduce((largest, each) => each.rows > largest.rows ? each : largest);
}

function readPeak(output) {
  const found = [...output.matchAll(/"peak_memory_bytes":\s*(\d+)/g)].at(-1);
  if (!found) throw new Error('sync --json said nothing about peak_memory_bytes');
  return Number(found[1]);
}

async function measure(scale) {
  console.log(`Preparing the twin at scale ${scale}, then loading it with ${options.workers} workers`);
  const databases = await makeDatabases('bench_memory', scale, options.seed);
  const {seconds, output} = await runRehome(databases, writeExample(), options.workers);
  const digests = await readDigests(databases.target);
  const largest = findLargestParents(digests);
  const bound = parts.fixed + parts.per_parent_row * largest.rows + parts.per_worker * options.workers;
  const machine = await readMachine(databases.target);
  if (!process.env.KEEP_DB) await dropDatabases(databases);
  const peak = readPeak(output);
  return {machine, result: {
    name: `scale_${scale}`, scale, workers: options.workers,
    rows: Object.values(digests).reduce((sum, table) => sum + table.rows, 0),
    largest_entity: largest.entity, parents: largest.tables, parent_rows: largest.rows,
    peak_memory_bytes: peak, bound_bytes: bound, ratio: peak / bound, seconds,
  }};
}

const inMegabytes = (bytes) => `${(bytes / megabyte).toFixed(1)} MB`;

async function main() {
  ensurePrograms(['rehome', 'dental-twin']);
  const measured = [];
  for (const scale of options.scales.split(',').map(Number)) measured.push(await measure(scale));
  const results = measured.map(({result}) => result);
  console.log(`\n${describeMachine(measured[0].machine)}`);
  console.log(`Bound: 32 MB + 64 B for each parent row of the entity with most of them + 8 MB for each worker\n`);
  printTable({
    scale: (row) => String(row.scale),
    rows: (row) => String(row.rows),
    'parent rows': (row) => `${row.parent_rows} (${row.parents.join(' + ')})`,
    peak: (row) => inMegabytes(row.peak_memory_bytes),
    bound: (row) => inMegabytes(row.bound_bytes),
    '': (row) => row.ratio <= 1 ? 'holds' : 'MISSED',
  }, results);
  if (options.json) {
    writeJson(options.json, {results, ids: [], machine: measured[0].machine, parts, seed: options.seed});
  }
  process.exitCode = results.every(({ratio}) => ratio <= 1) ? 0 : 1;
}

main().catch((error) => {
  console.error(`bench memory: ${error.message}`);
  process.exitCode = 1;
});
