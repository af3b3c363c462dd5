// The seeded district tile of the exact mode and of the comparison with other solvers: a search as the product makes it, and the complete
// search from there, with what was found when.
import {
  type Effort,
  type ExactResult,
  type ExactSearch,
  noRules,
  type SelectionChoice,
  type SelectionProblem,
  solveExactly,
  solveSelection,
} from '../../engine/index.ts';
import { measure } from './bench-row.ts';
import { makeSelectionCity, type SelectionCitySize } from './selection-city.ts';

const TILE = {
  binSizeM: 20,
  radiusM: [150, 500],
  weights: 'uniform',
  costs: 'mixed',
} as const satisfies Omit<SelectionCitySize, 'seed' | 'areaKm2' | 'candidates'>;
export const districtSizes = {
  short: { areaKm2: 2, candidates: 300 },
  full: { areaKm2: 4, candidates: 800 },
} as const;
const SHARE = 0.95;
const EFFORT: Effort = { priceSteps: 1000, improveSteps: 20_000, seed: 1 };
const ALL_NODES = 1_000_000;

export interface DistrictTile {
  readonly name: string;
  readonly problem: SelectionProblem;
  readonly choice: SelectionChoice;
}

/** A better value and the second of the wall it was known. */
export interface Found {
  readonly seconds: number;
  readonly value: number;
}

export interface SearchedTile {
  readonly trace: readonly Found[];
  readonly seconds: number;
  readonly cost: number;
  readonly sites: readonly number[];
  readonly search: ExactSearch | null;
}

export interface ProvedTile {
  readonly trace: readonly Found[];
  readonly seconds: number;
  readonly nodes: number;
  readonly cost: number;
  readonly result: ExactResult;
}

export function makeDistrictTile(
  size: (typeof districtSizes)[keyof typeof districtSizes],
  seed: number,
): DistrictTile {
  const problem = makeSelectionCity({ ...TILE, ...size, seed });
  const total = problem.targets[0].weight.reduce((sum, weight) => sum + weight, 0);
  return {
    name: `${size.areaKm2} km2, ${size.candidates} sites, seed ${seed}`,
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

export function searchTile({ problem, choice }: DistrictTile): SearchedTile {
  const trace: Found[] = [];
  const note = noteInto(trace, performance.now());
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

/** By branching alone, until `isOver`. Seconds and trace count from the call. */
export async function proveTile(
  { problem, choice }: DistrictTile,
  { sites, search }: SearchedTile,
  isOver: () => boolean,
): Promise<ProvedTile> {
  const trace: Found[] = [];
  const from = performance.now();
  const note = noteInto(trace, from);
  let nodes = 0;
  const watch = {
    shouldStop: isOver,
    onNews: ({ cost, done }: { cost: number | null; done: number }) => {
      nodes = done;
      note(cost);
    },
  };
  const never = () => Promise.reject(new Error('the solver was asked'));
  const limits = { nodes: ALL_NODES, seconds: 0, nonzeros: 0 };
  const result = await solveExactly(problem, choice, sites, search, never, watch, limits);
  const cost = result.sites.reduce((sum, site) => sum + problem.cost[site]!, 0);
  note(cost);
  return { trace, seconds: (performance.now() - from) / 1000, nodes, cost, result };
}

function noteInto(trace: Found[], from: number): (cost: number | null) => void {
  return (cost) => {
    if (cost !== null && cost < (trace.at(-1)?.value ?? Number.POSITIVE_INFINITY))
      trace.push({ seconds: (performance.now() - from) / 1000, value: cost });
  };
}
