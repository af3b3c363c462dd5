// npm run bench: a table of steps with the ratio to the last table kept (tests/bench/last.json).
// Seeded, sized like a city; --short takes a district and fewer rows. --keep stores the table as the new last one.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { benchDesks } from './bench/bench-desks.ts';
import { benchEngine } from './bench/bench-engine.ts';
import { benchExact } from './bench/bench-exact.ts';
import { benchGains } from './bench/bench-gains.ts';
import { benchParts } from './bench/bench-parts.ts';
import { benchRadio } from './bench/bench-radio.ts';
import { benchRepair } from './bench/bench-repair.ts';
import { type BenchRow, isReached } from './bench/bench-row.ts';
import { benchSelection } from './bench/bench-selection.ts';
import { benchSetCovering } from './bench/bench-set-covering.ts';
import { benchEmbedded, benchNative } from './bench/bench-store.ts';
import { benchStrike } from './bench/bench-strike.ts';
import { benchTowns } from './bench/bench-towns.ts';
import { benchPeers } from './bench/peer-solvers.ts';
import { peakMb } from './cli/measure.ts';
import { formatHelp, type Option, readOptions } from './cli/options.ts';
import { tellRefusal } from './cli/tell-refusal.ts';

interface KeptTable {
  readonly machine: string;
  readonly node: string;
  readonly peakMb: number;
  /** One-minute load of the machine before and after: other work makes every row slower. */
  readonly load: readonly [before: number, after: number];
  readonly rows: readonly BenchRow[];
}

const LAST_FILE = fileURLToPath(new URL('../tests/bench/last.json', import.meta.url));
const parts = [
  'radio',
  'towns',
  'selection',
  'parts',
  'exact',
  'solvers',
  'engine',
  'strike',
  'store',
  'desks',
] as const;
const options: readonly Option[] = [
  { name: 'short', value: '', zh: '小规模，约一分钟', en: 'small sizes, about a minute' },
  { name: 'keep', value: '', zh: '把结果存为下次的对照', en: 'keep the table for the next comparison' },
  { name: 'only', value: parts.join('|'), zh: '只测其中一组', en: 'one part of the table' },
  { name: 'curves', value: 'FILE', zh: '把差距随时间的曲线画成 SVG', en: 'draw the gap over time as SVG' },
  { name: 'help', value: '', zh: '显示本说明', en: 'show this' },
];

const HEADER = `${'step'.padEnd(38)}${'time'.padStart(12)}${'to last'.padStart(9)}${'figure'.padStart(24)}${'target'.padStart(12)}   note`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  try {
    const values = readOptions(args, options);
    if (values.has('help')) {
      console.log(
        formatHelp(
          'npm run bench',
          options,
          'TEST_DATABASE_URL: 同时测一个空的 PostGIS / also measures an empty PostGIS',
        ),
      );
      return 0;
    }
    const short = values.has('short');
    const loadBefore = loadNow();
    console.log(HEADER);
    const last = readLast();
    const rows: BenchRow[] = [];
    const say = (more: readonly BenchRow[]): void => {
      rows.push(...more);
      for (const row of more) console.log(formatRow(row, last));
    };
    const only = values.get('only') ?? null;
    const isWanted = (name: (typeof parts)[number]): boolean => only === null || only === name;
    if (isWanted('radio')) say(benchRadio(short));
    if (isWanted('towns')) say(await benchTowns(short));
    if (isWanted('selection')) {
      say(await benchSelection(short, values.get('curves') ?? null));
      say(benchGains());
      say(benchRepair(short));
    }
    if (isWanted('parts')) say(await benchParts(short, only === 'parts'));
    if (isWanted('exact')) say(await benchExact(short));
    if (isWanted('solvers')) {
      say(await benchPeers(short));
      say(benchSetCovering(short));
    }
    if (isWanted('engine')) {
      say(benchEngine('district'));
      if (!short) say(benchEngine('city'));
    }
    if (isWanted('strike')) say(await benchStrike(short));
    const what = { size: 'district', importRows: short ? 5_000 : 50_000 } as const;
    if (isWanted('store')) say(await benchEmbedded(what));
    const native = process.env.TEST_DATABASE_URL;
    if (native && isWanted('store')) say(await benchNative(native, what));
    if (isWanted('desks')) say(await benchDesks(short, native));
    const load = [loadBefore, loadNow()] as const;
    const table: KeptTable = {
      machine: machineName(),
      node: process.versions.node,
      peakMb: peakMb(),
      load,
      // one part alone leaves the other rows as they were kept
      rows: only === null ? rows : mergeRows(last?.rows ?? [], rows),
    };
    console.log(`${table.machine}, Node ${table.node}, peak ${table.peakMb} MB, load ${load.join(' to ')}`);
    if (values.has('keep')) writeFileSync(LAST_FILE, `${JSON.stringify(table, null, 2)}\n`);
    return 0;
  } catch (error) {
    return tellRefusal(error);
  }
}

function mergeRows(before: readonly BenchRow[], now: readonly BenchRow[]): BenchRow[] {
  const measured = new Set(now.map(({ step }) => step));
  return [...before.filter(({ step }) => !measured.has(step)), ...now];
}

function formatRow(row: BenchRow, last: KeptTable | null): string {
  const { step, seconds, figure, peer, note } = row;
  const before = last?.rows.find((kept) => kept.step === step)?.seconds;
  const ratio = before ? `${(seconds / before).toFixed(2)}x` : 'new';
  const time = `${(seconds * 1000).toFixed(seconds < 1 ? 1 : 0)} ms`;
  const reached = figure ? `${formatNumber(figure.value)} ${figure.unit}` : '';
  const target = figure
    ? `${figure.better === 'more' ? '≥' : '≤'} ${formatNumber(figure.target)} ${isReached(figure) ? '✓' : '✗'}`
    : '';
  const beside = peer ? `${formatNumber(peer.times)}x ${peer.name}; ` : '';
  return `${step.padEnd(38)}${time.padStart(12)}${ratio.padStart(9)}${reached.padStart(24)}${target.padStart(12)}   ${beside}${note}`;
}

function formatNumber(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

function loadNow(): number {
  return Number(loadavg()[0]!.toFixed(2));
}

function readLast(): KeptTable | null {
  return existsSync(LAST_FILE) ? (JSON.parse(readFileSync(LAST_FILE, 'utf8')) as KeptTable) : null;
}

function machineName(): string {
  const [first] = cpus();
  return `${first?.model.trim() ?? 'unknown'}, ${cpus().length} cores`;
}
