// Makes data/template: a database folder with PostGIS created, packed for a first start in seconds (npm run template).
// Small enough for the repository: files that resemble each other lie side by side, write-ahead log that nobody will
// read is emptied, and Brotli looks back over the whole archive. Takes a few minutes.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { PGlite } from '@electric-sql/pglite';
import { postgis } from '@electric-sql/pglite-postgis';
import { templateFile } from '../server/store/data-template.ts';
import { fixes } from '../server/store/embedded-fixes.ts';
import { type TarEntry, writeTar } from '../server/store/tar.ts';

const workDir = mkdtempSync(join(tmpdir(), 'zhanzhi-template-'));
try {
  const databaseDir = join(workDir, 'pgdata');
  await makeDatabase(databaseDir);
  const archive = writeTar(readEntries(databaseDir));
  const packed = brotliCompressSync(archive, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LARGE_WINDOW]: 1,
      [constants.BROTLI_PARAM_LGWIN]: 28,
      [constants.BROTLI_PARAM_SIZE_HINT]: archive.length,
    },
  });
  const target = templateFile();
  mkdirSync(dirname(target), { recursive: true });
  for (const name of readdirSync(dirname(target))) {
    if (name.endsWith('.tar.br')) rmSync(join(dirname(target), name));
  }
  writeFileSync(target, packed);
  console.log(`${basename(target)}: ${packed.length} bytes from ${archive.length}`);
} finally {
  rmSync(workDir, { recursive: true, force: true });
}

async function makeDatabase(databaseDir: string): Promise<void> {
  const pg = await PGlite.create({ dataDir: databaseDir, extensions: { fixes, postgis } });
  await pg.exec('create extension postgis');
  await pg.exec('vacuum full');
  await pg.exec('vacuum freeze analyze');
  await pg.exec('checkpoint');
  await pg.close();
}

/** Files of the three databases under the same name lie side by side, so that their copies cost nothing. */
function readEntries(databaseDir: string): TarEntry[] {
  const lastSegment = Math.max(
    ...walSegments(databaseDir).map((name) => Number.parseInt(name.slice(16), 16)),
  );
  const checkpoint = readCheckpoint(databaseDir);
  const entries: TarEntry[] = [];
  const visit = (path: string) => {
    for (const item of readdirSync(join(databaseDir, path), { withFileTypes: true })) {
      const inner = path ? `${path}/${item.name}` : item.name;
      if (item.isDirectory()) {
        entries.push({ path: inner, bytes: null });
        visit(inner);
      } else if (item.name !== 'postmaster.pid' && item.name !== 'postmaster.opts') {
        entries.push({ path: inner, bytes: readFileSync(join(databaseDir, inner)) });
      }
    }
  };
  visit('');
  const kept = entries.flatMap((entry) => {
    if (!entry.bytes || !/^pg_wal\/[0-9A-F]{24}$/.test(entry.path)) return [entry];
    if (Number.parseInt(entry.path.slice(-8), 16) !== checkpoint.segment) return [];
    return [{ ...entry, bytes: emptyAround(entry.bytes, checkpoint.offset) }];
  });
  if (lastSegment < checkpoint.segment) throw new Error('the segment of the last checkpoint is missing');
  return kept.sort((a, b) => order(a).localeCompare(order(b), 'en'));
}

function order({ path, bytes }: TarEntry): string {
  return bytes ? `1 ${basename(path)} ${path}` : `0 ${path}`;
}

function walSegments(databaseDir: string): string[] {
  return readdirSync(join(databaseDir, 'pg_wal')).filter((name) => /^[0-9A-F]{24}$/.test(name));
}

/** Where the shutdown checkpoint is (pg_control, ControlFileData: the position is its sixth field, at byte 32). */
function readCheckpoint(databaseDir: string): { segment: number; offset: number } {
  const position = readFileSync(join(databaseDir, 'global/pg_control')).readBigUInt64LE(32);
  const segmentBytes = 16n * 1024n * 1024n;
  return { segment: Number(position / segmentBytes), offset: Number(position % segmentBytes) };
}

/** Keeps the first page (it describes the segment) and the two pages around the checkpoint record, the last one. */
function emptyAround(segment: Buffer, offset: number): Buffer {
  const PAGE = 8192;
  const from = Math.floor(offset / PAGE) * PAGE;
  const result = Buffer.alloc(segment.length);
  segment.copy(result, 0, 0, PAGE);
  segment.copy(result, from, from, Math.min(from + 2 * PAGE, segment.length));
  return result;
}
