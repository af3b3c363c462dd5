// The search and its complete one beside two solvers that know nothing of maps: HiGHS (the build the product itself uses) and CBC of Debian,
// on the same reduced district tile with the same time limit. A solver's value over time is what it says of itself by its own
// clock, after reading the model; ours counts from the first call, by the wall.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MipSolver, MOST_EXACT_NONZEROS, solveExactly } from '../../engine/index.ts';
import { makeHighsSolver } from '../../server/jobs/highs-solver.ts';
import { findCommand } from '../boot/find-tools.mjs';
import type { BenchRow } from './bench-row.ts';
import {
  type DistrictTile,
  districtSizes,
  type Found,
  makeDistrictTile,
  proveTile,
  type SearchedTile,
  searchTile,
} from './district-tile.ts';

const PEER_LIMIT = { short: 20, full: 120 };
/** "Near" the best value any of them found. */
const NEAR = 1.03;
const TIMES_SOONER = 20;
/** To read the model and to end. */
const CBC_GRACE_SECONDS = 30;

export async function benchPeers(short: boolean): Promise<BenchRow[]> {
  const tile = makeDistrictTile(short ? districtSizes.short : districtSizes.full, 1);
  const searched = searchTile(tile);
  const limit = short ? PEER_LIMIT.short : PEER_LIMIT.full;
  const from = performance.now();
  const isOver = () => searched.seconds + (performance.now() - from) / 1000 > limit;
  const ours = await proveTile(tile, searched, isOver);
  const model = await modelOf(tile, searched);
  if (model === null)
    return [{ step: `peers ${tile.name}`, seconds: 0, note: 'the reduced model is too large' }];
  const peers: [string, readonly Found[] | null][] = [
    ['HiGHS', await traceHighs(model, limit)],
    ['CBC', traceCbc(model, limit)],
  ];
  const best = Math.min(ours.cost, ...peers.flatMap(([, trace]) => trace?.map(({ value }) => value) ?? []));
  const trace = [
    ...searched.trace,
    ...ours.trace.map(({ seconds, value }) => ({ seconds: searched.seconds + seconds, value })),
  ];
  const near = secondsTo(trace, best * NEAR);
  const rows: BenchRow[] = [
    {
      step: `search ${tile.name}`,
      seconds: searched.seconds + ours.seconds,
      note: `${ours.cost} yuan${ours.result.optimal ? ', proved' : ''}, within 3 % after ${near === null ? 'never' : `${near.toFixed(2)} s`}`,
    },
  ];
  for (const [name, found] of peers) {
    if (found === null) {
      rows.push({ step: `${name} ${tile.name}`, seconds: 0, note: 'not installed' });
      continue;
    }
    const value = found.at(-1)?.value ?? Number.POSITIVE_INFINITY;
    const peerNear = secondsTo(found, best * NEAR);
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

/** The text the exact mode would hand to its solver, and the yuan of one unit in it. */
interface TileModel {
  readonly text: string;
  readonly choices: number;
  readonly unit: number;
}

/** Null when the exact mode would not offer it to a solver. */
async function modelOf({ problem, choice }: DistrictTile, ours: SearchedTile): Promise<TileModel | null> {
  let model: TileModel | null = null;
  const unit = problem.cost.reduce(greatestDivisor, 0);
  const keep: MipSolver = async (text, { choices }) => {
    model = { text, choices, unit };
    return { status: 'limit', bound: null, chosen: null };
  };
  const limits = { nodes: 0, seconds: 0, nonzeros: MOST_EXACT_NONZEROS };
  await solveExactly(problem, choice, ours.sites, ours.search, keep, {}, limits);
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

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
