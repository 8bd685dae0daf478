// Medians, and order by chance.

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function shuffle(values) {
  const shuffled = [...values];
  for (let index = shuffled.length - 1; index > 0; --index) {
    const other = Math.floor(Math.random() * (index + 1));
    [shuffled[index], shuffled[other]] = [shuffled[other], shuffled[index]];
  }
  return shuffled;
}

// `rounds` is a list of {name: seconds}; ratios are taken within a round, then summarised.
export function summarise(rounds, base) {
  return Object.keys(rounds[0]).map((name) => {
    const seconds = rounds.map((round) => round[name]);
    const ratios = rounds.map((round) => round[name] / round[base]);
    return {
      name,
      ratio_median: median(ratios), ratio_min: Math.min(...ratios), ratio_max: Math.max(...ratios),
      seconds_median: median(seconds), seconds_min: Math.min(...seconds), seconds_max: Math.max(...seconds),
      runs: seconds.length,
    };
  });
}
