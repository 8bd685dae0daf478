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

// `rounds` is a list of {name: {seconds, cpu_seconds}}; ratios are taken within a round, then summarised.
export function summarise(rounds, base) {
  return Object.keys(rounds[0]).map((name) => {
    const seconds = rounds.map((round) => round[name].seconds);
    const ratios = rounds.map((round) => round[name].seconds / round[base].seconds);
    const cpuRatios = rounds.map((round) => round[name].cpu_seconds / round[base].cpu_seconds);
    return {
      name,
      cpu_ratio_median: median(cpuRatios), cpu_seconds_median: median(rounds.map((round) => round[name].cpu_seconds)),
      ratio_median: median(ratios), ratio_min: Math.min(...ratios), ratio_max: Math.max(...ratios),
      seconds_median: median(seconds), seconds_min: Math.min(...seconds), seconds_max: Math.max(...seconds),
      runs: seconds.length,
    };
  });
}
