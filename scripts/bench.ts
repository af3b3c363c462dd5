// npm run bench: a table of steps with the ratio to the last table kept (tests/bench/last.json).
// Seeded, sized like a city; --short takes a district and fewer rows. --keep stores the table as the new last one.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { benchEngine } from './bench/bench-engine.ts';
import { benchRadio } from './bench/bench-radio.ts';
import { type BenchRow, isReached } from './bench/bench-row.ts';
import { benchEmbedded, benchNative } from './bench/bench-store.ts';
import { benchTowns } from './bench/bench-towns.ts';
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
const options: readonly Option[] = [
  { name: 'short', value: '', zh: '小规模，约一分钟', en: 'small sizes, about a minute' },
  { name: 'keep', value: '', zh: '把结果存为下次的对照', en: 'keep the table for the next comparison' },
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
    say(benchRadio(short));
    say(await benchTowns(short));
    say(benchEngine('district'));
    if (!short) say(benchEngine('city'));
    const what = { size: 'district', importRows: short ? 5_000 : 50_000 } as const;
    say(await benchEmbedded(what));
    const native = process.env.TEST_DATABASE_URL;
    if (native) say(await benchNative(native, what));
    const load = [loadBefore, loadNow()] as const;
    const table: KeptTable = {
      machine: machineName(),
      node: process.versions.node,
      peakMb: peakMb(),
      load,
      rows,
    };
    console.log(`${table.machine}, Node ${table.node}, peak ${table.peakMb} MB, load ${load.join(' to ')}`);
    if (values.has('keep')) writeFileSync(LAST_FILE, `${JSON.stringify(table, null, 2)}\n`);
    return 0;
  } catch (error) {
    return tellRefusal(error);
  }
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
