// The lock file of an embedded store. PGlite itself lets a second process in, and rows vanish without an error
// (electric-sql/pglite, seen with 0.5.8), so the folder is taken by exclusive create. A lock whose processes are all
// gone is taken over; a database process that lost its parent is ended first, because it may still write.
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StoreError } from './store.ts';

interface Holder {
  readonly pid: number;
  /** Process start time in kernel ticks, so that a reused pid is not mistaken for the holder; null where unknown. */
  readonly startedAt: string | null;
}
interface LockFile extends Holder {
  readonly database: Holder | null;
}

export interface DataLock {
  /** Notes the database process, so that a successor can tell whether it is still there. */
  noteDatabase(pid: number): void;
  release(): void;
}

/** Takes the folder for this process, or throws STORE_LOCKED naming the process that has it. */
export async function takeDataLock(dataDir: string): Promise<DataLock> {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, 'store.lock');
  const self: Holder = { pid: process.pid, startedAt: startTimeOf(process.pid) };
  if (!createLock(file, { ...self, database: null })) await takeOver(dataDir, file, self);
  return {
    noteDatabase: (pid) => {
      writeFileSync(file, JSON.stringify({ ...self, database: { pid, startedAt: startTimeOf(pid) } }));
    },
    release: () => {
      const held = readLock(file);
      if (held?.pid === self.pid && held.startedAt === self.startedAt) rmSync(file, { force: true });
    },
  };
}

function createLock(file: string, content: LockFile): boolean {
  try {
    writeFileSync(file, JSON.stringify(content), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

// Only one process may look at a stale lock and replace it: a second lock guards the takeover.
async function takeOver(dataDir: string, file: string, self: Holder): Promise<void> {
  const guard = join(dataDir, 'store.lock.takeover');
  if (ageMs(guard) > 10_000) rmSync(guard, { force: true });
  if (!createLock(guard, { ...self, database: null })) throw locked(dataDir, readLock(guard));
  try {
    const held = await readSettledLock(file);
    if (held && !(await isGoneSoon(held))) throw locked(dataDir, held);
    if (held?.database && isAlive(held.database)) await endOrphan(dataDir, held.database);
    rmSync(file, { force: true });
    if (!createLock(file, { ...self, database: null })) throw locked(dataDir, readLock(file));
  } finally {
    rmSync(guard, { force: true });
  }
}

/** A lock just being written is empty for a moment. */
async function readSettledLock(file: string): Promise<LockFile | null> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const held = readLock(file);
    if (held) return held;
    await sleep(50);
  }
  return null;
}

/** A process that was just killed takes a moment to go; a restart at once should not be refused for that. */
async function isGoneSoon(holder: Holder): Promise<boolean> {
  const attempts = holder.pid === process.pid ? 1 : 10;
  for (let attempt = 1; isAlive(holder); attempt += 1) {
    if (attempt >= attempts) return false;
    await sleep(50);
  }
  return true;
}

async function endOrphan(dataDir: string, orphan: Holder): Promise<void> {
  // Without a start time the pid may belong to somebody else by now.
  if (orphan.startedAt === null) throw locked(dataDir, orphan);
  process.kill(orphan.pid, 'SIGKILL');
  for (let attempt = 0; attempt < 40 && isAlive(orphan); attempt += 1) await sleep(25);
  if (isAlive(orphan)) throw locked(dataDir, orphan);
}

function locked(dataDir: string, holder: Holder | null): StoreError {
  const who = holder ? `process ${holder.pid}` : 'another process';
  return new StoreError('STORE_LOCKED', `the data folder ${dataDir} is in use by ${who}`);
}

function readLock(file: string): LockFile | null {
  try {
    const held: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof held === 'object' && held !== null && 'pid' in held ? (held as LockFile) : null;
  } catch {
    return null;
  }
}

function ageMs(file: string): number {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat ? Date.now() - stat.mtimeMs : 0;
}

function isAlive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const state = processState(holder.pid);
  if (state === 'Z') return false;
  return holder.startedAt === null || startTimeOf(holder.pid) === holder.startedAt;
}

function processState(pid: number): string | null {
  return statFieldsOf(pid)?.[0] ?? null;
}

/** Field 22 of /proc/PID/stat (proc(5)): clock ticks after boot. Null where there is no /proc. */
function startTimeOf(pid: number): string | null {
  return statFieldsOf(pid)?.[19] ?? null;
}

function statFieldsOf(pid: number): string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}
