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

export async function measureAsync<T>(work: () => Promise<T>): Promise<{ value: T; seconds: number }> {
  const from = performance.now();
  const value = await work();
  return { value, seconds: (performance.now() - from) / 1000 };
}
