// Processor time of this process and of the database behind a store, so that other work on the machine does not count. Linux only, and
// of a PostgreSQL on this machine; elsewhere it is that of this process alone.
import { readFileSync } from 'node:fs';
import type { Store } from '../../server/store/store.ts';

const TICKS_PER_SECOND = 100;

/** Seconds since their start. */
export async function processorSeconds(store: Store): Promise<number> {
  const { user, system } = process.cpuUsage();
  const pids = store.kind === 'embedded' ? childrenOfThis() : await backendsOf(store);
  return (user + system) / 1e6 + pids.reduce((sum, pid) => sum + secondsOf(pid), 0);
}

function childrenOfThis(): number[] {
  const text = readOrEmpty(`/proc/${process.pid}/task/${process.pid}/children`);
  return text.split(' ').map(Number).filter(Boolean);
}

async function backendsOf(store: Store): Promise<number[]> {
  const { rows } = await store.query<{ pid: number }>(
    'select pid from pg_stat_activity where datname = current_database()',
    [],
  );
  return rows.map(({ pid }) => pid);
}

/** utime and stime, the 14th and 15th field; the name before them may hold blanks. */
function secondsOf(pid: number): number {
  const fields = readOrEmpty(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / TICKS_PER_SECOND;
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
