// --name VALUE pairs, each with a default that also tells its type.
export function parseOptions(defaults, usage) {
  const options = {...defaults};
  const words = process.argv.slice(2);
  while (words.length > 0) {
    const word = words.shift();
    const name = word.replace(/^--/, '').replaceAll('-', '_');
    if (!word.startsWith('--') || !(name in defaults) || words.length === 0) {
      console.error(`usage: ${usage}`);
      process.exit(2);
    }
    options[name] = typeof defaults[name] === 'number' ? Number(words.shift()) : words.shift();
    if (Number.isNaN(options[name])) {
      console.error(`${word} needs a number`);
      process.exit(2);
    }
  }
  return options;
}
