// The resource library at 200 000 rows: what its table asks for, as whole requests of a signed-in planner. Pages with filters and an
// order, a search by text, the last page, the counts above the tabs, and the map beside the table from far and from near.
import type { DeskMapJson } from '../../server/contract/desk-map.ts';
import type { ResourceCountsJson, ResourcePageJson } from '../../server/contract/resources.ts';
import { parseImport } from '../../server/import/parse-import.ts';
import { storeImport } from '../../server/import/store-import.ts';
import { vacuumAnalyze } from '../../server/store/maintenance.ts';
import type { Store } from '../../server/store/store.ts';
import type { DeskBench } from './bench-desks.ts';
import { type BenchRow, measureAsync } from './bench-row.ts';
import { cookieOf } from './cookie-of.ts';
import { processorSeconds } from './processor-time.ts';
import { quantile } from './quantile.ts';

const ROWS = 200_000;
const SHORT_ROWS = 20_000;
const CHUNK_ROWS = 20_000;
const PAGE_TARGET_S = 1;
const MAP_TURNS = 100;
const SHORT_MAP_TURNS = 20;

const types = ['路灯杆', '综合杆', '政府机关', '住宅天面', '视频监控杆'] as const;

const pages = [
  'sort=code&order=asc&page=1',
  'sort=updatedAt&order=desc&page=1',
  'state=待产权确认&resourceType=综合杆&sort=owner&order=asc&page=3',
  'state=待定位&confirmed=false&sort=totalHeightM&order=desc&page=2',
  'q=业主 17&sort=code&order=asc&page=1',
  'owner=业主 42&sort=name&order=desc&page=1',
] as const;

export async function benchLibrary({ name, store, app, short }: DeskBench): Promise<BenchRow[]> {
  const rows = short ? SHORT_ROWS : ROWS;
  await fillLibrary(store, rows);
  const cookie = await cookieOf(store, 'planner');
  const ask = async <Reply>(path: string): Promise<{ value: Reply; seconds: number }> => {
    const { value, seconds } = await measureAsync(() =>
      app.inject({ method: 'GET', url: encodeURI(path), headers: { cookie } }),
    );
    if (value.statusCode !== 200) throw new Error(`${path}: ${value.body}`);
    return { value: value.json<Reply>(), seconds };
  };
  const turns = short ? 5 : 20;
  const seconds: number[] = [];
  for (let turn = 0; turn <= turns; turn++) {
    for (const query of pages) {
      const reply = await ask<ResourcePageJson>(`/api/resources?${query}&pageSize=200`);
      // the first turn opens the connection and compiles
      if (turn > 0) seconds.push(reply.seconds);
    }
  }
  const last = await ask<ResourcePageJson>(`/api/resources?pageSize=200&page=${rows / 200}`);
  const counts = await ask<ResourceCountsJson>('/api/resources/counts?q=业主 17');
  const at = (share: number) => quantile(seconds, share);
  const size = rows.toLocaleString('en').replace(',', ' ');

  const mapRow = async (
    from: string,
    zoom: number,
    windowOf: (turn: number) => string,
  ): Promise<BenchRow> => {
    const each: number[] = [];
    let marks = 0;
    let before = 0;
    const mapTurns = short ? SHORT_MAP_TURNS : MAP_TURNS;
    for (let turn = 0; turn <= mapTurns; turn++) {
      const path = `/api/resources/map?bbox=${windowOf(turn)}&zoom=${zoom}`;
      const reply = await ask<DeskMapJson>(path);
      // the first turn reads the tables into memory
      if (turn === 0) before = await processorSeconds(store);
      else each.push(reply.seconds);
      marks = Math.max(marks, reply.value.marks.length);
    }
    const processor = ((await processorSeconds(store)) - before) / mapTurns;
    const [p50, p99] = [quantile(each, 0.5), quantile(each, 0.99)];
    return {
      step: `desk map of ${size}, ${from} ${name}`,
      seconds: p50,
      note: `p50 ${ms(p50)}, p99 ${ms(p99)}, zoom ${zoom}, up to ${marks} marks, ${ms(processor)} of processor time; figure: p99`,
      figure: { value: p99, unit: 's', target: PAGE_TARGET_S, better: 'less' },
    };
  };
  const city = await mapRow('city', 11, () => '121.3,31.4,121.75,31.8');
  const street = await mapRow('street', 17, streetWindow);
  return [
    {
      step: `library page of ${size} ${name}`,
      seconds: at(0.5),
      note: `p50 ${ms(at(0.5))}, p99 ${ms(at(0.99))}, ${pages.length} filters × ${turns}, 200 rows each; figure: p99`,
      figure: { value: at(0.99), unit: 's', target: PAGE_TARGET_S, better: 'less' },
    },
    {
      step: `last page of ${size} ${name}`,
      seconds: last.seconds,
      note: `${last.value.resources.length} rows of ${last.value.total}`,
    },
    {
      step: `counts by state of ${size} ${name}`,
      seconds: counts.seconds,
      note: `${counts.value.total} rows fit the text`,
    },
    city,
    street,
  ];
}

/** 1 440 × 900 pixels at zoom 17, another one each turn. */
function streetWindow(turn: number): string {
  const [west, south] = [121.41 + (turn % 17) * 0.013, 31.51 + (turn % 7) * 0.01];
  return [west, south, west + 0.01545, south + 0.00823].map((degrees) => degrees.toFixed(6)).join();
}

const ms = (seconds: number): string => `${(seconds * 1000).toFixed(0)} ms`;

/** Lists of a made-up city, imported as districts send them; one in ten waits for its place. */
async function fillLibrary(store: Store, rows: number): Promise<void> {
  for (let from = 0; from < rows; from += CHUNK_ROWS) {
    const lines = Array.from({ length: CHUNK_ROWS }, (_, index) => lineOf(from + index));
    const text = ['编号,名称,地址,资源类型,产权单位,经度,纬度,总高', ...lines].join('\n');
    const file = { kind: 'resources', fileName: `library-${from}.csv`, datum: 'CGCS2000' } as const;
    const report = await storeImport(store, parseImport(Buffer.from(text), file), 'usable');
    if (report.outcome !== 'stored')
      throw new Error(`${file.fileName}: ${JSON.stringify(report.issues.slice(0, 3))}`);
  }
  await vacuumAnalyze(store);
}

/** A grid of 50 m, so that the same number is the same place on every machine. */
function lineOf(n: number): string {
  const [lon, lat] = [121.4 + (n % 500) * 0.0005, 31.5 + Math.floor(n / 500) * 0.0005];
  const place = n % 10 === 9 ? ',' : `${lon.toFixed(6)},${lat.toFixed(6)}`;
  const type = types[n % types.length];
  return `库${n},资源 ${n},云汀路 ${n} 号,${type},业主 ${n % 300},${place},${6 + (n % 30)}`;
}
