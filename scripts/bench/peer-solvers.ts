// A district tile for the exact mode, and the search beside two solvers that know nothing of maps: HiGHS (the build the product
// itself uses) and CBC of Debian, on the same reduced model with the same time limit. A solver's value over time is what it says of
// itself by its own clock, after reading the model; ours counts from the first call, by the wall.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Effort,
  type ExactSearch,
  type MipSolver,
  noRules,
  PlanningError,
  type SelectionChoice,
  type SelectionProblem,
  solveExactly,
  solveSelection,
} from '../../engine/index.ts';
import { makeHighsSolver } from '../../server/jobs/highs-solver.ts';
import { findCommand } from '../boot/find-tools.mjs';
import { type BenchRow, measure } from './bench-row.ts';
import { makeSelectionCity, type SelectionCitySize } from './selection-city.ts';

const TILE = {
  seed: 1,
  binSizeM: 20,
  radiusM: [150, 500],
  weights: 'uniform',
  costs: 'mixed',
} as const satisfies Omit<SelectionCitySize, 'areaKm2' | 'candidates'>;
const FULL = { areaKm2: 4, candidates: 800 };
const SHORT = { areaKm2: 2, candidates: 300 };
const SHARE = 0.95;
const EFFORT: Effort = { priceSteps: 3000, improveSteps: 20_000, seed: 1 };
/** Seconds: the figure to reach, the limit of the exact run and of every peer. */
const EXACT_TARGET = 120;
const EXACT_LIMITS = { nodes: 1000, seconds: EXACT_TARGET };
const PEER_LIMIT = { short: 20, full: 120 };
/** "Near" the best value any of them found. */
const NEAR = 1.03;
const TIMES_SOONER = 20;
/** To read the model and to end. */
const CBC_GRACE_SECONDS = 30;

interface Tile {
  readonly name: string;
  readonly problem: SelectionProblem;
  readonly choice: SelectionChoice;
}

/** A better value and the second it was known. */
interface Found {
  readonly seconds: number;
  readonly value: number;
}

interface Searched {
  readonly trace: readonly Found[];
  readonly seconds: number;
  readonly cost: number;
  readonly sites: readonly number[];
  readonly search: ExactSearch | null;
}

export async function benchExact(short: boolean): Promise<BenchRow[]> {
  const tile = makeTile(short);
  const { seconds: searchSeconds, sites, search, cost } = searchTile(tile);
  const from = performance.now();
  const seconds = () => searchSeconds + (performance.now() - from) / 1000;
  const step = `exact ${tile.name}`;
  const figure = { unit: 's', target: EXACT_TARGET, better: 'less' } as const;
  try {
    const { bound, optimal, reduced } = await solveExactly(
      tile.problem,
      tile.choice,
      sites,
      search,
      makeHighsSolver(),
      {},
      EXACT_LIMITS,
    );
    const took = seconds();
    const proof = optimal
      ? `optimum proved, search was ${gapOf(cost, bound)} above`
      : `not proved: ${gapOf(cost, bound)} left`;
    const size = `${reduced.sites} sites, ${reduced.nonzeros} entries, ${reduced.fixed} sites fixed by prices`;
    return [
      {
        step,
        seconds: took,
        note: `${proof}; ${size}`,
        figure: { value: optimal ? took : Number.POSITIVE_INFINITY, ...figure },
      },
    ];
  } catch (error) {
    if (!(error instanceof PlanningError)) throw error;
    const note = `${error.code}: ${JSON.stringify(error.found)}`;
    return [{ step, seconds: seconds(), note, figure: { value: Number.POSITIVE_INFINITY, ...figure } }];
  }
}

export async function benchPeers(short: boolean): Promise<BenchRow[]> {
  const tile = makeTile(short);
  const ours = searchTile(tile);
  const limit = short ? PEER_LIMIT.short : PEER_LIMIT.full;
  const model = await modelOf(tile, ours);
  if (model === null)
    return [{ step: `peers ${tile.name}`, seconds: 0, note: 'the reduced model is too large' }];
  const peers: [string, readonly Found[] | null][] = [
    ['HiGHS', await traceHighs(model, limit)],
    ['CBC', traceCbc(model, limit)],
  ];
  const best = Math.min(ours.cost, ...peers.flatMap(([, trace]) => trace?.map(({ value }) => value) ?? []));
  const near = secondsTo(ours.trace, best * NEAR);
  const rows: BenchRow[] = [
    {
      step: `search ${tile.name}`,
      seconds: ours.seconds,
      note: `${ours.cost} yuan, within 3 % after ${near === null ? 'never' : `${near.toFixed(2)} s`}`,
    },
  ];
  for (const [name, trace] of peers) {
    if (trace === null) {
      rows.push({ step: `${name} ${tile.name}`, seconds: 0, note: 'not installed' });
      continue;
    }
    const value = trace.at(-1)?.value ?? Number.POSITIVE_INFINITY;
    const peerNear = secondsTo(trace, best * NEAR);
    const sooner = near === null ? 0 : (peerNear ?? limit) / near;
    rows.push(
      {
        step: `${name} ${tile.name}, value`,
        seconds: limit,
        note: `${value} yuan; figure: ours over theirs`,
        figure: { value: ours.cost / value, unit: 'x', target: 1, better: 'less' },
      },
      {
        step: `${name} ${tile.name}, to 3 %`,
        seconds: peerNear ?? limit,
        note: peerNear === null ? `never within ${limit} s` : 'figure: their time over ours',
        figure: { value: sooner, unit: 'x', target: TIMES_SOONER, better: 'more' },
      },
    );
  }
  return rows;
}

function makeTile(short: boolean): Tile {
  const size = short ? SHORT : FULL;
  const problem = makeSelectionCity({ ...TILE, ...size });
  const total = problem.targets[0].weight.reduce((sum, weight) => sum + weight, 0);
  return {
    name: `${size.areaKm2} km2, ${size.candidates} sites`,
    problem,
    choice: {
      required: [Math.ceil(SHARE * total)],
      budget: null,
      maxSites: null,
      existing: [],
      locked: [],
      refused: [],
      rules: noRules,
    },
  };
}

function searchTile({ problem, choice }: Tile): Searched {
  const trace: Found[] = [];
  const from = performance.now();
  const note = (cost: number | null): void => {
    if (cost !== null && cost < (trace.at(-1)?.value ?? Number.POSITIVE_INFINITY))
      trace.push({ seconds: (performance.now() - from) / 1000, value: cost });
  };
  const { value, seconds } = measure(() =>
    solveSelection(problem, choice, EFFORT, { onNews: ({ cost }) => note(cost) }),
  );
  note(value.cost);
  const { prices, bound } = value.certificate;
  return {
    trace,
    seconds,
    cost: value.cost,
    sites: value.steps.map(({ site }) => site),
    search: prices === null ? null : { prices, bound },
  };
}

/** The text the exact mode would hand to its solver, and the yuan of one unit in it. */
interface TileModel {
  readonly text: string;
  readonly choices: number;
  readonly unit: number;
}

/** Null when the exact mode would not be offered. */
async function modelOf({ problem, choice }: Tile, ours: Searched): Promise<TileModel | null> {
  let model: TileModel | null = null;
  const unit = problem.cost.reduce(greatestDivisor, 0);
  const keep: MipSolver = async (text, { choices }) => {
    model = { text, choices, unit };
    return { status: 'limit', bound: null, chosen: null };
  };
  try {
    await solveExactly(problem, choice, ours.sites, ours.search, keep, {}, { nodes: 0, seconds: 0 });
  } catch (error) {
    if (!(error instanceof PlanningError)) throw error;
  }
  return model;
}

async function traceHighs({ text, choices, unit }: TileModel, limit: number): Promise<Found[]> {
  const trace: Found[] = [];
  await makeHighsSolver()(text, {
    seconds: limit,
    choices,
    start: null,
    gap: 0.9,
    onNews: ({ seconds, objective }) => {
      const value = objective === null ? Number.POSITIVE_INFINITY : Math.round(objective) * unit;
      if (value < (trace.at(-1)?.value ?? Number.POSITIVE_INFINITY)) trace.push({ seconds, value });
      return false;
    },
  });
  return trace;
}

/** Null without CBC. Its log names each new plan with its time; the last one only as the result. */
function traceCbc({ text, unit }: TileModel, limit: number): Found[] | null {
  const path = findCommand('cbc');
  if (path === null) return null;
  const folder = mkdtempSync(join(tmpdir(), 'zhanzhi-cbc-'));
  try {
    const file = join(folder, 'tile.lp');
    writeFileSync(file, text);
    const { stdout } = spawnSync(
      path,
      [file, '-timeMode', 'elapsed', '-sec', String(limit), '-solve', '-quit'],
      {
        encoding: 'utf8',
        timeout: (limit + CBC_GRACE_SECONDS) * 1000,
        maxBuffer: 1 << 28,
      },
    );
    return readCbcLog(stdout, unit, limit);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readCbcLog(log: string, unit: number, limit: number): Found[] {
  const trace: Found[] = [];
  const note = (seconds: number, objective: string): void => {
    const value = Math.round(Number(objective)) * unit;
    if (value < (trace.at(-1)?.value ?? Number.POSITIVE_INFINITY)) trace.push({ seconds, value });
  };
  for (const [, objective, seconds] of log.matchAll(
    /(?:Integer solution of|improved solution from \S+ to) ([0-9.e+]+).*\(([0-9.]+) seconds\)/g,
  ))
    note(Number(seconds), objective!);
  const total = /Total time \(CPU seconds\):.*?\(Wallclock seconds\):\s*([0-9.]+)/.exec(log)?.[1];
  const result = /^Objective value:\s+([0-9.e+]+)/m.exec(log)?.[1];
  if (result !== undefined) note(Math.min(limit, Number(total ?? limit)), result);
  return trace;
}

function secondsTo(trace: readonly Found[], value: number): number | null {
  return trace.find((found) => found.value <= value)?.seconds ?? null;
}

function gapOf(cost: number, bound: number): string {
  return `${((cost / bound - 1) * 100).toFixed(2)} %`;
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
