// The anchor file: number and hash of the last audit record, written outside the database every five minutes or thousand records,
// so that cutting the tail of the chain, or writing all of it anew, is found. One line of JSON each; lines are only added. Keep it
// where the database's administrator cannot write, or copy it there.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Queryable } from './store.ts';

export interface AuditAnchor {
  /** Which database: one folder may serve several. */
  readonly database: string;
  readonly seq: number;
  readonly hash: string;
  /** ISO time of the machine that wrote it. */
  readonly at: string;
}

export interface AnchorPlace {
  readonly file: string;
  readonly database: string;
}

const LOOK_EVERY_MS = 15_000;
const WRITE_EVERY_MS = 300_000;
const WRITE_EVERY_RECORDS = 1_000;

/** Server and name of a real database as a digest: nothing of the connection string is written down. */
export function anchorPlace(options: { databaseUrl: string | null; dataDir: string }): AnchorPlace {
  return { file: join(options.dataDir, 'audit-anchors.jsonl'), database: databaseOf(options.databaseUrl) };
}

function databaseOf(databaseUrl: string | null): string {
  if (databaseUrl === null) return 'embedded';
  const where = URL.canParse(databaseUrl) ? new URL(databaseUrl) : null;
  const name = where ? `${where.host}${where.pathname}` : databaseUrl;
  return `native-${createHash('sha256').update(name).digest('hex').slice(0, 16)}`;
}

/** Anchors of this database, as written, and how many lines are none (a kill may cut one short). */
export async function readAnchors({
  file,
  database,
}: AnchorPlace): Promise<{ anchors: AuditAnchor[]; unreadable: number }> {
  if (!existsSync(file)) return { anchors: [], unreadable: 0 };
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.trim() !== '');
  const read = lines.map(parseAnchor);
  const anchors = read.filter((anchor) => anchor !== null);
  return {
    anchors: anchors.filter((anchor) => anchor.database === database),
    unreadable: read.length - anchors.length,
  };
}

function parseAnchor(line: string): AuditAnchor | null {
  try {
    const { database, seq, hash, at } = JSON.parse(line) as Readonly<Record<string, unknown>>;
    const fits = typeof database === 'string' && typeof hash === 'string' && typeof at === 'string';
    return fits && typeof seq === 'number' ? { database, seq, hash, at } : null;
  } catch {
    return null;
  }
}

/** Adds the last record to the file and waits until the disk has it. Answers its number; 0 when there is none yet. */
export async function writeAnchor(db: Queryable, { file, database }: AnchorPlace): Promise<number> {
  const { rows } = await db.query<{ seq: number; hash: string }>('select seq, hash from audit_head', []);
  const { seq = 0, hash = '' } = rows[0] ?? {};
  if (seq === 0) return 0;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, 'a', 0o600);
  try {
    const { size } = await handle.stat();
    // behind a line that a kill cut short a new one begins
    const text = `${JSON.stringify({ database, seq, hash, at: new Date().toISOString() })}\n`;
    await handle.write(size > 0 ? `\n${text}` : text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return seq;
}

/** Keeps the file while the service runs. `end` writes what is new and stops. */
export function keepAnchors(
  db: Queryable,
  place: AnchorPlace,
  report: (line: string) => void,
): { end(): Promise<void> } {
  let written = 0;
  let writtenMs = 0;
  let busy: Promise<void> = Promise.resolve();
  const look = async (now: boolean): Promise<void> => {
    try {
      const { rows } = await db.query<{ seq: number }>('select seq from audit_head', []);
      const seq = rows[0]?.seq ?? 0;
      const due = now || seq - written >= WRITE_EVERY_RECORDS || Date.now() - writtenMs >= WRITE_EVERY_MS;
      if (seq === written || !due) return;
      written = await writeAnchor(db, place);
      writtenMs = Date.now();
    } catch (error) {
      report(`no audit anchor was written: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const timer = setInterval(() => {
    busy = busy.then(() => look(false));
  }, LOOK_EVERY_MS);
  timer.unref();
  return {
    end: () => {
      clearInterval(timer);
      return busy.then(() => look(true));
    },
  };
}
