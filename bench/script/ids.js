// Target ids as rehome makes them (docs/mapping.md, `uuid`), computed by hand.
import {createHash, createHmac} from 'node:crypto';

function withVersion(bytes, version) {
  bytes[6] = (bytes[6] & 0x0f) | (version << 4);
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const makers = {
  // The low 48 bits of the key, then HMAC-SHA-256.
  v8(namespace, input, key) {
    const bytes = createHmac('sha256', namespace).update(input).digest().subarray(0, 16);
    bytes.writeUIntBE(key, 0, 6);
    return withVersion(bytes, 8);
  },
  v5(namespace, input) {
    const bytes = createHash('sha1').update(namespace).update(input).digest().subarray(0, 16);
    return withVersion(bytes, 5);
  },
};

// A function from legacy key to id. `versions` names the entities that are not v8.
export function makeIdMaker(namespaceText, versions, entity) {
  const namespace = Buffer.from(namespaceText.replaceAll('-', ''), 'hex');
  const make = makers[versions[entity] ?? 'v8'];
  return (key) => make(namespace, `${entity.length}:${entity}i${key.length}:${key}`, Number(key));
}
