// The store and the service: opening, loading the sample, importing a long list, reading tiles. The same steps on the
// embedded database and, where TEST_DATABASE_URL names one, on a real PostGIS in a database of its own.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import { parseImport } from '../../server/import/parse-import.ts';
import { storeImport } from '../../server/import/store-import.ts';
import { openMigratedStore } from '../cli/open-house.ts';
import { loadSample } from '../sample/load-sample.ts';
import { makeSample, type SampleSize } from '../sample/make-sample.ts';
import { type BenchRow, measureAsync } from './bench-row.ts';
import { cookieOf } from './cookie-of.ts';

export interface StoreBench {
  readonly size: SampleSize;
  readonly importRows: number;
}

/** On the embedded database in a temporary folder. */
export async function benchEmbedded(what: StoreBench): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'zhanzhi-bench-'));
  try {
    return await benchStore('embedded', { ...process.env, DATABASE_URL: '', ZHANZHI_DATA: folder }, what);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** On the real PostGIS behind the address; its database must be empty or a bench's own. */
export function benchNative(databaseUrl: string, what: StoreBench): Promise<BenchRow[]> {
  return benchStore('native', { ...process.env, DATABASE_URL: databaseUrl }, what);
}

async function benchStore(
  name: string,
  env: NodeJS.ProcessEnv,
  { size, importRows }: StoreBench,
): Promise<BenchRow[]> {
  const config = { ...readConfig(env), logLevel: 'error', requestsPerMinute: 1_000_000 };
  const rows: BenchRow[] = [];
  const opened = await measureAsync(() => openMigratedStore(config));
  const store = opened.value;
  rows.push({ step: `open and migrate ${name}`, seconds: opened.seconds, note: '' });
  try {
    const sample = makeSample(size);
    const loaded = await measureAsync(() => loadSample(store, sample));
    rows.push({
      step: `load sample ${size} ${name}`,
      seconds: loaded.seconds,
      note: `${sample.sites.length} sites`,
    });

    const bytes = new TextEncoder().encode(longList(importRows));
    const imported = await measureAsync(async () =>
      storeImport(
        store,
        parseImport(bytes, { kind: 'sites', fileName: 'long.csv', datum: 'CGCS2000' }),
        'usable',
      ),
    );
    rows.push({
      step: `import ${importRows} rows ${name}`,
      seconds: imported.seconds,
      note: `${imported.value.stored} stored`,
    });

    const { app } = await buildApp({ store, config });
    const cookie = await cookieOf(store);
    for (const [layer, zoom] of [
      ['sites', 11],
      ['sites', 14],
      ['buildings', 14],
      ['buildings', 16],
    ] as const) {
      const { x, y } = tileAt([121.2, 31.35], zoom);
      const url = `/api/tiles/${layer}/${zoom}/${x}/${y}.mvt?v=bench`;
      const read = await measureAsync(() => app.inject({ method: 'GET', url, headers: { cookie } }));
      const kilobytes = (read.value.rawPayload.length / 1024).toFixed(0);
      rows.push({
        step: `tile ${layer} z${zoom} ${name}`,
        seconds: read.seconds,
        note: `${read.value.statusCode}, ${kilobytes} kB`,
      });
    }
    await app.close();
  } finally {
    await store.close();
  }
  return rows;
}

function longList(rows: number): string {
  const lines = ['编码,名称,资源类型,经度,纬度,挂高'];
  const side = Math.ceil(Math.sqrt(rows));
  for (let index = 0; index < rows; index += 1) {
    const lon = 121.1 + (0.2 * (index % side)) / side;
    const lat = 31.3 + (0.1 * Math.floor(index / side)) / side;
    lines.push(`B-${index},灯杆${index},路灯杆,${lon.toFixed(6)},${lat.toFixed(6)},8`);
  }
  return lines.join('\n');
}

function tileAt([lon, lat]: readonly [number, number], zoom: number): { x: number; y: number } {
  const tiles = 2 ** zoom;
  const radians = (lat * Math.PI) / 180;
  const y = (1 - Math.log(Math.tan(radians) + 1 / Math.cos(radians)) / Math.PI) / 2;
  return { x: Math.floor(((lon + 180) / 360) * tiles), y: Math.floor(y * tiles) };
}
