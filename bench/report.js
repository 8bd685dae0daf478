// What a benchmark prints and writes.
import {writeFileSync} from 'node:fs';
import os from 'node:os';
import {runSql} from './process.js';

export async function readMachine(target) {
  return {
    cpu: os.cpus()[0].model,
    cores: os.cpus().length,
    memory_bytes: os.totalmem(),
    postgres_version: await runSql(target.url(), 'SHOW server_version'),
    kernel: os.release(),
  };
}

export function describeMachine(machine) {
  return `${machine.cpu}, ${machine.cores} cores, ${Math.round(machine.memory_bytes / 2 ** 30)} GB, ` +
    `PostgreSQL ${machine.postgres_version}, Linux ${machine.kernel}`;
}

// Columns are {title: row => text}; the first is left-aligned.
export function printTable(columns, rows) {
  const titles = Object.keys(columns);
  const cells = [titles, ...rows.map((row) => titles.map((title) => columns[title](row)))];
  const widths = titles.map((_, column) => Math.max(...cells.map((line) => line[column].length)));
  for (const line of cells) {
    console.log('  ' + line.map((cell, column) => column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))
      .join('  '));
  }
}

export function printBounds(bounds) {
  for (const {what, value, most, goal} of bounds) {
    const verdict = value <= most ? 'holds ' : 'MISSED';
    const aim = goal === undefined ? '' : `, goal ${goal} ${value <= goal ? 'reached' : 'not reached'}`;
    console.log(`  ${verdict}  ${what}: ${value.toFixed(value < 0.1 ? 3 : 2)}, bound ${most}${aim}`);
  }
  return bounds.every(({value, most}) => value <= most);
}

export function writeJson(file, value) {
  writeFileSync(file, JSON.stringify(value, null, 2) + '\n');
}
