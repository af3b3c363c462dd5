// Processor time of a program and of all it has started, in nanoseconds as the kernel counts them, so that other work on the machine
// does not count. Linux only; elsewhere 0.
import { readdirSync, readFileSync } from 'node:fs';

/** Milliseconds since their start. */
export function familyMs(pid: number): number {
  return familyOf(pid).reduce((sum, one) => sum + ownMs(one), 0);
}

function familyOf(pid: number): number[] {
  const children = threadsOf(pid).flatMap((thread) =>
    read(`/proc/${pid}/task/${thread}/children`).split(' ').map(Number).filter(Boolean),
  );
  return [pid, ...children.flatMap(familyOf)];
}

/** The first number of schedstat is the time on a processor. */
function ownMs(pid: number): number {
  return threadsOf(pid).reduce(
    (sum, thread) => sum + Number(read(`/proc/${pid}/task/${thread}/schedstat`).split(' ')[0]) / 1e6,
    0,
  );
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
