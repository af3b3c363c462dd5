// The selection on seeded cities, each in a process of its own on one thread: greedy at once, the certified gap after so many seconds,
// memory, and how time grows with candidates. The gap over time goes into a picture when a file is named. The child runs as one plain
// file: loading TypeScript takes 80 MB by itself, which nobody asked about.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { BenchRow } from './bench-row.ts';
import { type Curve, drawCurves } from './draw-curves.ts';
import type { SelectionFigures, SelectionOrder } from './selection-child.ts';
import { type SelectionCitySize, selectionCities } from './selection-city.ts';

interface Instance {
  readonly name: string;
  readonly size: SelectionCitySize;
  readonly seconds: number;
  readonly priceSteps: number;
  readonly target: { readonly gap: number; readonly greedyS: number | null; readonly peakMb: number | null };
}

const SHARE = 0.95;
const HEAP_MB = 2048;
/** Bins and runs lie in typed arrays: what is young is little, and Node's own 16 MB would stand three times. */
const YOUNG_MB = 1;

const instances: readonly Instance[] = [
  {
    name: 'city, 20 k candidates',
    size: selectionCities.city,
    seconds: 15,
    priceSteps: 600,
    target: { gap: 3, greedyS: 0.1, peakMb: 150 },
  },
  {
    name: 'city, 100 k candidates',
    size: selectionCities.dense,
    seconds: 20,
    priceSteps: 400,
    target: { gap: 4.5, greedyS: null, peakMb: null },
  },
  {
    name: 'core, 200 k candidates',
    size: selectionCities.core,
    seconds: 45,
    priceSteps: 400,
    target: { gap: 4, greedyS: 0.7, peakMb: 350 },
  },
  {
    name: 'core, 500 k candidates',
    size: selectionCities.corePlus,
    seconds: 120,
    priceSteps: 400,
    target: { gap: 5, greedyS: 1.2, peakMb: 400 },
  },
  {
    name: 'city of poles alone, one price',
    size: selectionCities.poles,
    seconds: 15,
    priceSteps: 600,
    target: { gap: 10, greedyS: null, peakMb: null },
  },
];
const CHILD = 'selection-child.mjs';
/** What the short table takes. */
const SHORT = 1;

export async function benchSelection(short: boolean, pictureFile: string | null = null): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'selection-bench-'));
  try {
    return benchWith(await bundleChild(folder), short, pictureFile);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function bundleChild(folder: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: fileURLToPath(new URL('./selection-child.ts', import.meta.url)),
      outDir: folder,
      emptyOutDir: false,
      minify: false,
      rolldownOptions: { treeshake: { moduleSideEffects: false }, output: { entryFileNames: CHILD } },
    },
    ssr: { noExternal: true },
  });
  return join(folder, CHILD);
}

function benchWith(child: string, short: boolean, pictureFile: string | null): BenchRow[] {
  const solved = (short ? instances.slice(0, SHORT) : instances).map((instance) => ({
    instance,
    figures: runChild(child, instance, instance.seconds),
  }));
  if (pictureFile !== null) {
    const curves: Curve[] = solved.map(({ instance: { name }, figures: { curve } }) => ({
      name,
      points: curve,
    }));
    writeFileSync(pictureFile, drawCurves(curves));
  }
  return [...solved.flatMap(({ instance, figures }) => rowsOf(instance, figures)), growthRow(child, short)];
}

function rowsOf({ name, target }: Instance, figures: SelectionFigures): BenchRow[] {
  const { seconds, greedySeconds, gap, residentMb, firstMb, cityMb, peakMb } = figures;
  const size = `${figures.bins} bins, ${(figures.incidences / 1e6).toFixed(1)} M incidences, ${(figures.runs / 1e6).toFixed(2)} M runs`;
  const result = `${figures.sites} sites, ${figures.cost} yuan, at least ${figures.bound}; greedy ${(100 * figures.greedyExtra).toFixed(1)} % dearer; checker ${figures.findings} findings`;
  const rows: BenchRow[] = [
    {
      step: `selection ${name}`,
      seconds,
      figure: { value: 100 * gap, unit: '% gap', target: target.gap, better: 'less' },
      note: `${size}; ${result}`,
    },
  ];
  if (target.greedyS !== null)
    rows.push({
      step: `greedy ${name}`,
      seconds: greedySeconds,
      figure: { value: greedySeconds, unit: 's', target: target.greedyS, better: 'less' },
      note: 'alone, cold, on one thread',
    });
  if (target.peakMb !== null)
    rows.push({
      step: `memory ${name}`,
      seconds,
      figure: { value: residentMb, unit: 'MB', target: target.peakMb, better: 'less' },
      note: `resident at the most, ${firstMb.toFixed(0)} MB of it Node itself; objects and arrays ${peakMb.toFixed(0)} MB, the city alone ${cityMb.toFixed(0)} MB`,
    });
  return rows;
}

/** The same ground with twice the candidates: greedy and a fixed number of price steps. */
function growthRow(child: string, short: boolean): BenchRow {
  const { city } = selectionCities;
  const size = short ? { ...city, areaKm2: 25, candidates: 5_000 } : city;
  const of = (candidates: number) =>
    runChild(child, { size: { ...size, candidates }, priceSteps: 100 }, 0, 'all-steps').seconds;
  const once = of(size.candidates);
  const twice = of(2 * size.candidates);
  return {
    step: 'growth with twice the candidates',
    seconds: twice,
    figure: { value: twice / once, unit: 'times', target: 2.2, better: 'less' },
    note: `${size.candidates} and ${2 * size.candidates} candidates, greedy and 100 price steps, ${once.toFixed(2)} s before`,
  };
}

function runChild(
  child: string,
  { size, priceSteps }: Pick<Instance, 'size' | 'priceSteps'>,
  seconds: number,
  until: 'seconds' | 'all-steps' = 'seconds',
): SelectionFigures {
  const order: SelectionOrder = {
    size,
    share: SHARE,
    seconds: until === 'seconds' ? seconds : null,
    priceSteps,
  };
  const run = spawnSync(
    process.execPath,
    [
      `--max-old-space-size=${HEAP_MB}`,
      `--max-semi-space-size=${YOUNG_MB}`,
      '--expose-gc',
      child,
      JSON.stringify(order),
    ],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  if (run.status !== 0) throw new Error(`the bench of ${JSON.stringify(size)} failed: ${run.stderr}`);
  return JSON.parse(run.stdout) as SelectionFigures; // written by selection-child.ts
}
