// Runs programs and measures them from start to exit.
import {spawn} from 'node:child_process';

// Resolves to {code, seconds, output}; throws unless the program ends with one of `codes`. psql and others get `input`.
export function run(program, parameters, {codes = [0], environment = {}, input = ''} = {}) {
  return new Promise((resolve, reject) => {
    const start = process.hrtime.bigint();
    const child = spawn(program, parameters, {env: {...process.env, ...environment}});
    const output = [];
    const errors = [];
    child.stdout.on('data', (data) => output.push(data));
    child.stderr.on('data', (data) => errors.push(data));
    child.on('error', reject);
    child.on('close', (code) => {
      const seconds = Number(process.hrtime.bigint() - start) / 1e9;
      if (codes.includes(code)) return resolve({code, seconds, output: Buffer.concat(output).toString()});
      const why = Buffer.concat([...output.slice(-5), ...errors]).toString().trim().split('\n').slice(-20).join('\n');
      reject(new Error(`${program} ended with ${code}:\n${why}`));
    });
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

export async function runSql(url, sql) {
  const {output} = await run('psql', ['-XqAt', '-v', 'ON_ERROR_STOP=1', url], {input: sql});
  return output.trim();
}
