// How long later runs take, against the first load: one that finds nothing changed, and one that finds one row in a hundred.
import {runRehome} from './contestants.js';
import {dropDatabases, emptyTarget, ensurePrograms, makeDatabases, readServerSeconds, tables} from './databases.js';
import {writeExample} from './mappings.js';
import {parseOptions} from './options.js';
import {runSql} from './process.js';
import {describeMachine, printBounds, printTable, readMachine, writeJson} from './report.js';
import {median, summarise} from './statistics.js';

const usage = './dev bench differential [--json FILE] [--scale S] [--runs N] [--workers N] [--seed N]';
const options = parseOptions({json: '', scale: 10, runs: 5, workers: 2, seed: 1}, usage);

// One row in a hundred of each driving table, spread over all batches: a value that the mapping uses becomes another.
const changes = {
  dispatch_office: `city = coalesce(city, '') || 'x'`,
  auth_user: `last_login = coalesce(last_login, date_joined) + interval '1 s'`,
  dispatch_patient: `submitted_at = coalesce(submitted_at, '2020-01-01') + interval '1 s'`,
  dispatch_instruction: `notes = coalesce(notes, '') || 'x'`,
  dispatch_record: `text = coalesce(text, '') || 'x'`,
  dispatch_file: `size = size + 1`,
};

async function change(source, round) {
  const statements = Object.entries(changes).map(([table, assignment]) =>
    `UPDATE ${table} SET ${assignment} WHERE id % 100 = ${round % 100};`);
  await runSql(source.url(), `BEGIN; ${statements.join(' ')} COMMIT; VACUUM ANALYZE; CHECKPOINT`);
}

const sum = (account, name) => account.entities.reduce((total, entity) => total + entity[name], 0);

async function measure({source, target}) {
  await runSql(target.url(), 'CHECKPOINT');
  const before = {source: await readServerSeconds(source), target: await readServerSeconds(target)};
  const {seconds, output} = await runRehome({source, target}, writeExample(), options.workers);
  const account = JSON.parse(output);
  return {
    seconds, cpu_seconds: await readServerSeconds(target) - before.target,
    source_cpu_seconds: await readServerSeconds(source) - before.source,
    rows: sum(account, 'inserted') + sum(account, 'updated'), bytes: sum(account, 'bytes'),
  };
}

// What autovacuum would have done by the time of a next run.
async function settle({source, target}) {
  await runSql(target.url(), 'VACUUM ANALYZE');
  await runSql(source.url(), 'VACUUM ANALYZE');
}

async function runRound(databases, round) {
  await emptyTarget(databases.target);
  const full = await measure(databases);
  await settle(databases);
  const unchanged = await measure(databases);
  if (unchanged.rows > 0) throw new Error(`a run without changes has written ${unchanged.rows} rows`);
  await change(databases.source, round);
  const changed = await measure(databases);
  const share = changed.rows / full.rows;
  if (share < 0.008 || share > 0.012) throw new Error(`of ${full.rows} rows ${changed.rows} were written: not one in a hundred`);
  return {full, no_change: unchanged, one_percent: changed};
}

async function runRounds(databases) {
  const rounds = [];
  for (let round = 1; round <= options.runs; ++round) {
    rounds.push(await runRound(databases, round));
    const times = Object.entries(rounds.at(-1)).map(([name, each]) => `${name} ${each.seconds.toFixed(1)} s`);
    console.log(`  round ${round} of ${options.runs}: ${times.join(', ')}`);
  }
  return rounds;
}

function addMedians(results, rounds) {
  for (const result of results) {
    for (const name of ['source_cpu_seconds', 'rows', 'bytes'])
      result[`${name}_median`] = median(rounds.map((round) => round[result.name][name]));
  }
}

async function main() {
  ensurePrograms(['rehome', 'dental-twin']);
  console.log(`Preparing the twin at scale ${options.scale}, seed ${options.seed}`);
  const databases = await makeDatabases('bench_differential', options.scale, options.seed);
  console.log(`A first load of ${tables.length} tables and two later runs by ${options.workers} workers, ${options.runs} rounds`);
  const rounds = await runRounds(databases);
  const results = summarise(rounds, 'full');
  addMedians(results, rounds);
  const machine = await readMachine(databases.target);
  if (!process.env.KEEP_DB) await dropDatabases(databases);

  console.log(`\n${describeMachine(machine)}\n`);
  printTable({
    run: (row) => row.name,
    'x full': (row) => row.ratio_median.toFixed(3),
    min: (row) => row.ratio_min.toFixed(3),
    max: (row) => row.ratio_max.toFixed(3),
    seconds: (row) => row.seconds_median.toFixed(1),
    'rows written': (row) => String(row.rows_median),
    'MB moved': (row) => (row.bytes_median / 1e6).toFixed(1),
    'source CPU s': (row) => row.source_cpu_seconds_median.toFixed(1),
    'target CPU s': (row) => row.cpu_seconds_median.toFixed(1),
  }, results);
  console.log();
  const ratio = (name) => results.find((result) => result.name === name).ratio_median;
  const bounds = [
    {what: 'no change / full load', value: ratio('no_change'), most: 0.07, goal: 0.015},
    {what: '1 % changed / full load', value: ratio('one_percent'), most: 0.25, goal: 0.06},
  ];
  const holds = printBounds(bounds);
  if (options.json) writeJson(options.json, {results, bounds, machine, scale: options.scale, seed: options.seed, rounds});
  process.exitCode = holds ? 0 : 1;
}

main().catch((error) => {
  console.error(`bench differential: ${error.message}`);
  process.exitCode = 1;
});
