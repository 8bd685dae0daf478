// What teams write for such a migration: one process, `pg`, table after table, rows read in pages, foreign keys looked up
// in maps in memory, INSERTs of 100 rows. No ledger, no resuming, no account of what was left out.
//
// usage: node main.js SOURCE TARGET NAMESPACE VERSIONS    (the first two and the last as JSON)
import pg from 'pg';
import {makeIdMaker} from './ids.js';
import {doctors, offices, patients, profiles} from './people.js';
import {attachments, files, messages, orders} from './work.js';

const pageRows = 10_000;
const batchRows = 100;
const booleanType = 16;

const [source, target, namespace, versions] = process.argv.slice(2);

async function connect(settings) {
  const client = new pg.Client({
    ...JSON.parse(settings),
    options: '-c TimeZone=UTC -c DateStyle=ISO,MDY',
    types: {
      getTypeParser: (type) => type === booleanType ? (text) => text === 't' ? 'true' : 'false' : (text) => text,
    },
  });
  await client.connect();
  return client;
}

async function* readPages(client, entity) {
  const where = entity.where ? `(${entity.where}) AND` : '';
  const sql = `${entity.read} WHERE ${where} ${entity.key} > $1 ORDER BY ${entity.key} LIMIT ${pageRows}`;
  for (let last = '-1'; ;) {
    const {rows} = await client.query(sql, [last]);
    if (rows.length > 0) yield rows;
    if (rows.length < pageRows) return;
    last = rows.at(-1).id;
  }
}

async function insert(client, entity, batch) {
  const columns = ['id', ...entity.columns];
  const tuples = batch.map((_, row) => `(${columns.map((_, column) => `$${row * columns.length + column + 1}`)})`);
  await client.query(`INSERT INTO ${entity.table} (${columns}) VALUES ${tuples}`, batch.flat());
}

async function moveTable(from, to, entity, ids) {
  const known = new Map();
  ids[entity.table] = (key) => known.get(key);
  const makeId = makeIdMaker(namespace, JSON.parse(versions), entity.table);
  let batch = [];
  for await (const rows of readPages(from, entity)) {
    for (const row of rows) {
      const derived = entity.derive(row, ids);
      if (derived === null) continue;
      const id = makeId(row.id);
      known.set(row.id, id);
      batch.push([id, ...derived]);
      if (batch.length < batchRows) continue;
      await insert(to, entity, batch);
      batch = [];
    }
  }
  if (batch.length > 0) await insert(to, entity, batch);
}

const from = await connect(source);
const to = await connect(target);
const ids = {};
for (const entity of [offices, profiles, doctors, patients, orders, messages, files, attachments]) {
  await moveTable(from, to, entity, ids);
}
await Promise.all([from.end(), to.end()]);
