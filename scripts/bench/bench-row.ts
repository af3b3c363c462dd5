// One line of the benchmark table, and the watch.

/** What a row is judged by. */
export interface BenchFigure {
  readonly value: number;
  readonly unit: string;
  readonly target: number;
  /** Whether the value has to reach the target or to stay under it. */
  readonly better: 'more' | 'less';
}

export interface BenchRow {
  readonly step: string;
  readonly seconds: number;
  readonly note: string;
  readonly figure?: BenchFigure;
  /** The same work done by another program in the same run: how many times its speed ours is. */
  readonly peer?: { readonly name: string; readonly times: number };
}

export function isReached({ value, target, better }: BenchFigure): boolean {
  return better === 'more' ? value >= target : value <= target;
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

/** The middle one; of an even number the upper of both. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}
