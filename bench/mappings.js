// The example mapping with its namespace pinned, so that everybody can make the same ids, and variants of it with other ids.
import {readFileSync, writeFileSync} from 'node:fs';
import {dental, work} from './databases.js';

export const namespace = 'c1e5cf18-9c41-4f0e-8a5b-6d1f0c2b7e93';

const example = readFileSync(`${dental}/rehome.yaml`, 'utf8')
  .replace(/^name: .*$/m, (line) => `${line}\nuuid_namespace: ${namespace}`);

// The uuid version of every entity that does not take the default: {files: 'v5'}.
export function readIdVersions() {
  const versions = {};
  let entity;
  for (const line of example.slice(example.indexOf('\nentities:')).split('\n')) {
    entity = line.match(/^ {2}(\w+):$/)?.[1] ?? entity;
    const version = line.match(/^ {6}id: \{uuid: (v\d)/)?.[1];
    if (version) versions[entity] = version;
  }
  return versions;
}

function write(name, text) {
  const file = `${work}/${name}.yaml`;
  writeFileSync(file, text);
  return file;
}

export const writeExample = () => write('example', example);

// The entities whose rows have a time of their own, as v7 needs; together nine tenths of all rows.
const times = {profiles: 'u.date_joined', doctors: 'u.date_joined', messages: 'r.created_at', files: 'f.created_at',
  message_attachments: 'f.created_at'};

// v8 is the default and needs no line.
export function writeVariant(version) {
  let text = example.replace(/^ {6}id: \{uuid: .*\n/gm, '');
  for (const [entity, time] of Object.entries(times)) {
    if (version === 'v8') continue;
    const id = version === 'v7' ? `{uuid: v7, time: ${time}}` : `{uuid: ${version}}`;
    text = text.replace(new RegExp(`^ {2}${entity}:\\n[^]*?^ {4}columns:\\n`, 'm'), (head) => `${head}      id: ${id}\n`);
  }
  return write(`ids_${version}`, text);
}
