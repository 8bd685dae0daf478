// Small conversions the tables share. Every value arrives as PostgreSQL's own text, so nothing is lost on the way: a JS
// Date would cut microseconds, a JS number would round numerics.

// PostgreSQL's trim() takes blanks only.
export const trim = (text) => text === null ? null : text.replace(/^ +| +$/g, '');
export const upper = (text) => text === null ? null : text.toUpperCase();
export const blankToNull = (text) => text === '' ? null : text;

// Whether jsonb takes it: JSON.parse is more generous about zeros and halves of surrogate pairs.
export function isJson(text) {
  try {
    const normal = JSON.stringify(JSON.parse(text));
    return !/(^|[^\\])(\\\\)*\\u(0000|d[89a-f])/.test(normal);
  } catch {
    return false;
  }
}

// The source row as it was, kept beside what became of it.
export function audit(table, row, columns, additions = {}) {
  const copy = {};
  for (const column of columns) copy[column] = row[column];
  return JSON.stringify({migration: {table, row: copy, ...additions}});
}

export function firstLine(text, most) {
  const line = text.replace(/^[ \t\r\n]+/, '').replaceAll('\r', '\n').split('\n', 1)[0].replace(/ +$/, '');
  if (line === '') return 'Message';
  const characters = [...line];
  return characters.length > most ? characters.slice(0, most - 1).join('') + '…' : line;
}

export const genders = {0: 'other', 1: 'male', 2: 'female'};
