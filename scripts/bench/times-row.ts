// The row of a step that was done many times: half, nearly all and the slowest of them; what is held against the promise is the 95 %.
import type { BenchRow } from './bench-row.ts';
import { quantile } from './quantile.ts';

/** `mostMs`: the promise; null where none was made. */
export function timesRow(step: string, ms: readonly number[], mostMs: number | null, note: string): BenchRow {
  const at = (share: number) => quantile(ms, share);
  const row = {
    step,
    seconds: at(0.5) / 1000,
    note: `p50 ${at(0.5).toFixed(1)} ms, p95 ${at(0.95).toFixed(1)} ms, most ${at(1).toFixed(1)} ms; ${note}`,
  };
  return mostMs === null
    ? row
    : { ...row, figure: { value: at(0.95), unit: 'ms', target: mostMs, better: 'less' } };
}
