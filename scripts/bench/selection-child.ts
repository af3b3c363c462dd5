// The child's side: makes a seeded city, solves it within seconds on one thread, and says what it took and how the gap went.
import { readFileSync } from 'node:fs';
import {
  checkPlan,
  noRules,
  type SelectionChoice,
  selectGreedily,
  solveSelection,
} from '../../engine/index.ts';
import { makeSelectionCity, type SelectionCitySize } from './selection-city.ts';

export interface SelectionOrder {
  readonly size: SelectionCitySize;
  readonly share: number;
  /** null: greedy and all price steps, then nothing more. */
  readonly seconds: number | null;
  readonly priceSteps: number;
}

/** Seconds of processor time, so that other work on the machine does not count. */
export interface SelectionFigures {
  readonly bins: number;
  readonly candidates: number;
  readonly incidences: number;
  readonly runs: number;
  /** Greedy alone, cold, and how much dearer its plan was than the last one. */
  readonly greedySeconds: number;
  readonly greedyExtra: number;
  readonly seconds: number;
  readonly gap: number;
  readonly cost: number;
  readonly bound: number;
  readonly sites: number;
  /** What the checker found wrong. */
  readonly findings: number;
  /** What the city takes, and what city and search hold at the most: objects and arrays. */
  readonly cityMb: number;
  readonly peakMb: number;
  /** Resident at any moment at the most, the making of the city included, and what Node took before anything was made. */
  readonly residentMb: number;
  readonly firstMb: number;
  /** Seconds, and the gap known then. */
  readonly curve: readonly (readonly [seconds: number, gap: number])[];
}

const CURVE_EVERY_S = 0.25;

const firstMb = process.memoryUsage.rss() / 1e6;
const { size, share, seconds, priceSteps } = JSON.parse(process.argv[2]!) as SelectionOrder; // written by bench-selection.ts
const problem = makeSelectionCity(size);
const { cover, targets } = problem;
if (cover.kind !== 'runs') throw new Error(`expected runs, got ${cover.kind}`);
const total = targets[0].weight.reduce((sum, weight) => sum + weight, 0);
const choice: SelectionChoice = {
  required: targets.map(({ weight }) => Math.ceil(share * weight.reduce((sum, own) => sum + own, 0))),
  budget: null,
  maxSites: null,
  existing: [],
  locked: [],
  refused: [],
  rules: noRules,
};
globalThis.gc?.();
const cityMb = heldBytes() / 1e6;
let peakBytes = 0;
const beforeGreedy = process.cpuUsage();
const greedy = selectGreedily(problem, choice);
const greedySeconds = secondsSince(beforeGreedy);
const greedyCost = greedy.reduce((sum, site) => sum + problem.cost[site]!, 0);
const from = process.cpuUsage();
const now = (): number => secondsSince(from);
const curve: [number, number][] = [];
let lookedAt = Number.NEGATIVE_INFINITY;
const selection = solveSelection(
  problem,
  choice,
  { priceSteps, improveSteps: seconds === null ? 0 : 100_000_000, seed: 1 },
  {
    shouldStop: () => seconds !== null && now() > seconds,
    onNews: ({ cost, bound }) => {
      const at = now();
      if (at - lookedAt >= CURVE_EVERY_S) {
        lookedAt = at;
        peakBytes = Math.max(peakBytes, heldBytes());
      }
      if (cost === null || bound === null || !(bound > 0)) return;
      if (at - (curve.at(-1)?.[0] ?? -1) >= CURVE_EVERY_S) curve.push([at, (cost - bound) / bound]);
    },
  },
);
const end = now();
curve.push([end, selection.certificate.gap]);
const residentMb = mostResidentMb(); // before the checker reads everything anew
const figures: SelectionFigures = {
  bins: size.weights === 'uniform' ? total : cover.binCount,
  candidates: cover.siteCount,
  incidences: cover.runLength.reduce((sum, length) => sum + length, 0),
  runs: cover.runFirst.length,
  greedySeconds,
  greedyExtra: greedyCost / selection.cost - 1,
  seconds: end,
  gap: selection.certificate.gap,
  cost: selection.cost,
  bound: selection.certificate.bound,
  sites: selection.steps.length,
  findings: checkPlan(problem, choice, selection).length,
  cityMb,
  peakMb: peakBytes / 1e6,
  residentMb,
  firstMb,
  curve,
};
process.stdout.write(JSON.stringify(figures));

function secondsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** Of this process alone: what the system calls its maximum begins with that of the process it was started from. */
function mostResidentMb(): number {
  const kB = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  if (kB === undefined) throw new Error('the system does not tell how much memory was resident');
  return (Number(kB) * 1024) / 1e6;
}

function heldBytes(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
