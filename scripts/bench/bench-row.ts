// One line of the benchmark table, and the watch.

export interface BenchRow {
  readonly step: string;
  readonly seconds: number;
  readonly note: string;
}

export function measure<T>(work: () => T): { value: T; seconds: number } {
  const from = performance.now();
  const value = work();
  return { value, seconds: (performance.now() - from) / 1000 };
}

/** The best of three: the first run of hot code is mostly the compiler's. */
export function measureBest<T>(work: () => T): { value: T; seconds: number } {
  const runs = [measure(work), measure(work), measure(work)];
  return runs.reduce((best, run) => (run.seconds < best.seconds ? run : best));
}

export async function measureAsync<T>(work: () => Promise<T>): Promise<{ value: T; seconds: number }> {
  const from = performance.now();
  const value = await work();
  return { value, seconds: (performance.now() - from) / 1000 };
}
