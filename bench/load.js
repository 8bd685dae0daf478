// How fast a first load is, against a bare COPY of ready-made rows and against what people would write instead.
import {contestants, runRehome} from './contestants.js';
import {dropDatabases, emptyTarget, ensurePrograms, makeDatabases, makeReadyRows, readDigests, readServerSeconds, tables}
  from './databases.js';
import {writeExample, writeVariant} from './mappings.js';
import {parseOptions} from './options.js';
import {describeMachine, printBounds, printTable, readMachine, writeJson} from './report.js';
import {median, shuffle, summarise} from './statistics.js';

const usage = './dev bench load [--json FILE] [--scale S] [--runs N] [--id-runs N] [--seed N] [--only NAME,…]';
const options = parseOptions({json: '', scale: 1, runs: 5, id_runs: 3, seed: 1, only: ''}, usage);

const idVariants = {v8: 'ordered, the default', v7: 'by the row\'s time', v5: 'hash', v4: 'random'};

function compareDigests(name, wanted, found) {
  return tables.filter((table) => wanted[table].digest !== found[table].digest).map((table) =>
    `${name}: ${table} differs from the ready rows (${found[table].rows} rows, wanted ${wanted[table].rows})`);
}

// One run into an empty target, on the clock and in CPU seconds of the target's server.
async function measure(target, runOne) {
  await emptyTarget(target);
  const before = await readServerSeconds(target);
  const {seconds} = await runOne();
  return {seconds, cpu_seconds: await readServerSeconds(target) - before};
}

// Every contestant once, in an order of chance. Returns {name: {seconds, cpu_seconds}}.
async function runRound(names, runOne) {
  const measured = {};
  for (const name of shuffle(names)) measured[name] = await runOne(name);
  return Object.fromEntries(names.map((name) => [name, measured[name]]));
}

async function runRounds(count, names, runOne) {
  const rounds = [];
  for (let round = 1; round <= count; ++round) {
    rounds.push(await runRound(names, runOne));
    const times = names.map((name) => `${name} ${rounds.at(-1)[name].seconds.toFixed(1)} s`);
    console.log(`  round ${round} of ${count}: ${times.join(', ')}`);
  }
  return rounds;
}

async function measureContestants(databases, names, wanted) {
  return runRounds(options.runs, names, async (name) => {
    const measured = await measure(databases.target, () => contestants[name](databases));
    const differences = compareDigests(name, wanted, await readDigests(databases.target));
    if (differences.length > 0) throw new Error(differences.join('\n'));
    return measured;
  });
}

async function measureIds(databases, wanted) {
  return runRounds(options.id_runs, Object.keys(idVariants), async (version) => {
    const measured = await measure(databases.target, () => runRehome(databases, writeVariant(version), 1));
    const found = await readDigests(databases.target);
    const differing = tables.filter((table) => found[table].rows !== wanted[table].rows);
    if (differing.length > 0) throw new Error(`ids ${version}: other numbers of rows in ${differing.join(', ')}`);
    return measured;
  });
}

function makeBounds(rounds, results) {
  const ratio = (name) => results.find((result) => result.name === name)?.ratio_median;
  const bounds = [
    {what: 'rehome_1_worker / bare_pipe', value: ratio('rehome_1_worker'), most: 1.3, goal: 1.05},
    {what: 'rehome_2_workers / bare_pipe', value: ratio('rehome_2_workers'), most: 1.05, goal: 0.65},
  ];
  if (ratio('script') !== undefined && ratio('rehome_1_worker') !== undefined) {
    const value = median(rounds.map((round) => round.rehome_1_worker.seconds / round.script.seconds));
    bounds.push({what: 'rehome_1_worker / script', value, most: 0.5});
  }
  return bounds.filter(({value}) => value !== undefined);
}

const ratioColumns = (base) => ({
  contestant: (row) => row.name,
  [`x ${base}`]: (row) => row.ratio_median.toFixed(2),
  min: (row) => row.ratio_min.toFixed(2),
  max: (row) => row.ratio_max.toFixed(2),
  seconds: (row) => row.seconds_median.toFixed(1),
  'target CPU': (row) => row.cpu_ratio_median.toFixed(2),
});

async function prepare(databases) {
  await runRehome(databases, writeExample(), 1);
  const wanted = await readDigests(databases.target);
  await makeReadyRows(databases.source, databases.target);
  return wanted;
}

async function main() {
  const chosen = options.only ? options.only.split(',') : Object.keys(contestants);
  const names = Object.keys(contestants).filter((name) => name === 'bare_pipe' || chosen.includes(name));
  ensurePrograms(['rehome', 'bench-pipe', 'dental-twin']);
  console.log(`Preparing the twin at scale ${options.scale}, seed ${options.seed}`);
  const databases = await makeDatabases('bench', options.scale, options.seed);
  const wanted = await prepare(databases);
  const rows = tables.reduce((sum, table) => sum + wanted[table].rows, 0);
  console.log(`Loading ${rows} rows into 8 tables, ${options.runs} rounds`);
  const rounds = await measureContestants(databases, names, wanted);
  const results = summarise(rounds, 'bare_pipe');
  const idRounds = options.id_runs > 0 ? await measureIds(databases, wanted) : [];
  const ids = idRounds.length > 0 ? summarise(idRounds, 'v8') : [];
  const machine = await readMachine(databases.target);
  if (!process.env.KEEP_DB) await dropDatabases(databases);

  console.log(`\n${describeMachine(machine)}\nAll contestants ended with one digest of every mapped column of every table.\n`);
  printTable(ratioColumns('bare_pipe'), results);
  if (ids.length > 0) {
    console.log('\nThe same load by one worker with other ids (information, no bound):\n');
    printTable({...ratioColumns('v8'), '': (row) => idVariants[row.name]}, ids);
  }
  console.log();
  const bounds = makeBounds(rounds, results);
  const holds = printBounds(bounds);
  if (options.json) {
    writeJson(options.json, {results, ids, bounds, machine, scale: options.scale, seed: options.seed, rows, rounds});
  }
  process.exitCode = holds ? 0 : 1;
}

main().catch((error) => {
  console.error(`bench load: ${error.message}`);
  process.exitCode = 1;
});
