// Selection problems written as tables: items 1..n with weights, sites as lists of items, each item at a grade (1 unless said).
// Rows have a given length; short gaps stay inside a span, as the coverage step leaves them.
import fc from 'fast-check';
import { BLOCK_SITES, type FootprintBlock, type Footprints } from '../../../engine/coverage/footprints.ts';
import type { GradeCover, ListCover, RunCover } from '../../../engine/selection/cover/cover.ts';
import {
  noRules,
  type SelectionChoice,
  type SelectionProblem,
} from '../../../engine/selection/selection-problem.ts';

export interface TableSite {
  readonly id: string;
  /** Items counted from 1, each once. */
  readonly items: readonly number[];
  /** Grade of each item, in the order of `items`; absent: all 1. */
  readonly grades?: readonly number[];
  readonly cost: number;
}

export interface Table {
  readonly weights: readonly number[];
  readonly sites: readonly TableSite[];
  /** Worth of each grade; absent: yes or no, [0, 1]. */
  readonly gradeValue?: readonly number[];
  /** Weights of further targets, item by item. */
  readonly moreTargets?: readonly (readonly number[])[];
  /** East and north in metres, site by site. */
  readonly places?: readonly (readonly [eastM: number, northM: number])[];
  /** Sites each item needs. */
  readonly fold?: { readonly sites: readonly number[]; readonly counts: 'graded' | 'strict' };
}

const YES_OR_NO = [0, 1];
/** Items this close stay in one span. */
const GAP_ITEMS = 2;

/** The same table as every shape of cover that can hold it. */
export const coverKinds = ['grades', 'runs', 'lists'] as const;
export type CoverKind = (typeof coverKinds)[number];

/** `runs` and `lists` know yes or no: every grade above 0 is a yes. Extra targets and places come from the table. */
export function problemOfTable(table: Table, cover: CoverKind = 'grades', rowLength = 128): SelectionProblem {
  const { weights, sites, moreTargets = [], places } = table;
  const binOf: number[] = [];
  const rowOf: number[] = [];
  const rowStarts: number[] = [];
  let binCount = 0;
  weights.forEach((_, index) => {
    if (index % rowLength === 0) rowStarts.push(binCount++);
    rowOf[binCount] = Math.floor(index / rowLength);
    binOf.push(binCount++);
  });
  rowStarts.push(binCount);
  const perBin = (values: readonly number[]) => {
    const weight = new Int32Array(binCount);
    values.forEach((value, index) => {
      weight[binOf[index]!] = value;
    });
    return weight;
  };
  const fold = table.fold
    ? {
        sites: Uint8Array.from({ length: binCount }, (_, bin) => table.fold!.sites[binOf.indexOf(bin)] ?? 1),
        counts: table.fold.counts,
      }
    : null;
  return {
    cover:
      cover === 'grades'
        ? gradeCoverOf(table, binOf, rowOf, binCount)
        : cover === 'runs'
          ? runCoverOf(table, binOf, rowOf, rowStarts, binCount)
          : listCoverOf(table, binOf, binCount),
    targets: [
      { id: 'all', weight: perBin(weights) },
      ...moreTargets.map((values, index) => ({ id: `t${index + 1}`, weight: perBin(values) })),
    ],
    cost: Float64Array.from(sites, (site) => site.cost),
    siteIds: sites.map((site) => site.id),
    places: places
      ? {
          eastM: Float64Array.from(places, ([eastM]) => eastM),
          northM: Float64Array.from(places, ([, northM]) => northM),
        }
      : null,
    fold,
  };
}

/** The footprints alone. */
export function footprintsOfTable(table: Table, rowLength = 128): Footprints {
  const { cover } = problemOfTable(table, 'grades', rowLength);
  if (cover.kind !== 'grades') throw new Error(`expected grades, got ${cover.kind}`);
  return cover.footprints;
}

function gradeCoverOf(
  { sites, gradeValue = YES_OR_NO }: Table,
  binOf: readonly number[],
  rowOf: readonly number[],
  binCount: number,
): GradeCover {
  const blocks: FootprintBlock[] = [];
  for (let first = 0; first < sites.length; first += BLOCK_SITES)
    blocks.push(blockOf(sites.slice(first, first + BLOCK_SITES), binOf, rowOf));
  return {
    kind: 'grades',
    binCount,
    siteCount: sites.length,
    gradeValue: Int32Array.from(gradeValue),
    footprints: {
      binCount,
      siteCount: sites.length,
      blocks,
      near: new Uint16Array(binCount),
      seen: new Uint16Array(binCount),
    },
  };
}

/** Bins a site serves at all, ascending. */
function binsOf(site: TableSite, binOf: readonly number[]): number[] {
  return site.items
    .filter((_, index) => (site.grades?.[index] ?? 1) > 0)
    .map((item) => binOf[item - 1]!)
    .sort((a, b) => a - b);
}

function runCoverOf(
  { sites }: Table,
  binOf: readonly number[],
  rowOf: readonly number[],
  rowStarts: readonly number[],
  binCount: number,
): RunCover {
  const runStarts = [0];
  const runFirst: number[] = [];
  const runLength: number[] = [];
  for (const site of sites) {
    let last = -2;
    for (const bin of binsOf(site, binOf)) {
      if (bin === last + 1 && rowOf[bin] === rowOf[last]) runLength[runLength.length - 1]!++;
      else {
        runFirst.push(bin);
        runLength.push(1);
      }
      last = bin;
    }
    runStarts.push(runFirst.length);
  }
  return {
    kind: 'runs',
    binCount,
    siteCount: sites.length,
    rowStarts: Uint32Array.from(rowStarts),
    runStarts: Uint32Array.from(runStarts),
    runFirst: Uint32Array.from(runFirst),
    runLength: Uint16Array.from(runLength),
  };
}

function listCoverOf({ sites }: Table, binOf: readonly number[], binCount: number): ListCover {
  const bySite = sites.map((site) => binsOf(site, binOf));
  const byBin = Array.from({ length: binCount }, (): number[] => []);
  bySite.forEach((bins, site) => {
    for (const bin of bins) byBin[bin]!.push(site);
  });
  const startsOf = (lists: readonly (readonly number[])[]) => {
    const starts = new Uint32Array(lists.length + 1);
    lists.forEach((list, index) => {
      starts[index + 1] = starts[index]! + list.length;
    });
    return starts;
  };
  return {
    kind: 'lists',
    binCount,
    siteCount: sites.length,
    siteStarts: startsOf(bySite),
    siteBins: Uint32Array.from(bySite.flat()),
    binStarts: startsOf(byBin),
    binSites: Uint32Array.from(byBin.flat()),
  };
}

function blockOf(
  sites: readonly TableSite[],
  binOf: readonly number[],
  rowOf: readonly number[],
): FootprintBlock {
  const spanStarts = [0];
  const gradeStarts = [0];
  const spanFirst: number[] = [];
  const spanLength: number[] = [];
  const grades: number[] = [];
  for (const site of sites) {
    const entries = site.items
      .map((item, index) => ({ bin: binOf[item - 1]!, grade: site.grades?.[index] ?? 1 }))
      .sort((a, b) => a.bin - b.bin);
    let last = -1;
    for (const { bin, grade } of entries) {
      const gap = bin - last - 1;
      if (last >= 0 && gap <= GAP_ITEMS && rowOf[last] === rowOf[bin]) {
        for (let zero = 0; zero < gap; zero++) grades.push(0);
        spanLength[spanLength.length - 1]! += gap + 1;
      } else {
        spanFirst.push(bin);
        spanLength.push(1);
      }
      grades.push(grade);
      last = bin;
    }
    spanStarts.push(spanFirst.length);
    gradeStarts.push(grades.length);
  }
  return {
    sites: sites.length,
    spanStarts: Uint32Array.from(spanStarts),
    gradeStarts: Uint32Array.from(gradeStarts),
    spanFirst: Uint32Array.from(spanFirst),
    spanLength: Uint8Array.from(spanLength),
    grades: Uint8Array.from(grades),
  };
}

export function choiceOf(changes: Partial<SelectionChoice> = {}): SelectionChoice {
  return {
    required: [Number.MAX_SAFE_INTEGER],
    budget: null,
    maxSites: null,
    existing: [],
    locked: [],
    refused: [],
    rules: noRules,
    ...changes,
  };
}

/** All items at the last grade. */
export function totalOf({ weights, gradeValue = YES_OR_NO }: Table): number {
  return gradeValue.at(-1)! * weights.reduce((sum, weight) => sum + weight, 0);
}

/** Weight times worth that the sites with these indexes cover, counted naively. */
export function coveredBy(table: Table, sites: readonly number[]): number {
  const { weights, gradeValue = YES_OR_NO } = table;
  const best = new Map<number, number>();
  for (const { items, grades } of sites.map((site) => table.sites[site]!))
    items.forEach((item, index) => {
      best.set(item, Math.max(best.get(item) ?? 0, grades?.[index] ?? 1));
    });
  let sum = 0;
  for (const [item, grade] of best) sum += weights[item - 1]! * gradeValue[grade]!;
  return sum;
}

/** The two kinds of problem every law is tried on. */
export const kinds = ['yes or no', 'grades'] as const;
export type Kind = (typeof kinds)[number];

const LAST_GRADE = 4;

/** Small random tables; costs, weights and worths from few values, so that ties are common. */
export function tables(
  kind: Kind,
  options: { minSites?: number; maxSites?: number; minItems?: number; maxItems?: number } = {},
): fc.Arbitrary<Table> {
  const { minSites = 1, maxSites = 10, minItems = 1, maxItems = 16 } = options;
  return fc.integer({ min: minItems, max: maxItems }).chain((items) => {
    const list = fc.uniqueArray(fc.integer({ min: 1, max: items }), { maxLength: items });
    const cost = fc.constantFrom(0, 1, 2, 3, 6);
    const site =
      kind === 'yes or no'
        ? fc.record({ items: list, cost })
        : list.chain((chosen) => {
            const grade = fc.integer({ min: 0, max: LAST_GRADE });
            const grades = fc.array(grade, { minLength: chosen.length, maxLength: chosen.length });
            return fc.record({ items: fc.constant(chosen), grades, cost });
          });
    const table = fc.record({
      weights: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: items, maxLength: items }),
      sites: fc
        .array(site, { minLength: minSites, maxLength: maxSites })
        .map((sites) => sites.map((one, index) => ({ ...one, id: `s${(index * 7) % 11}-${index}` }))),
    });
    if (kind === 'yes or no') return table;
    const rises = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: LAST_GRADE, maxLength: LAST_GRADE });
    return fc.tuple(table, rises).map(([plain, steps]) => ({ ...plain, gradeValue: sumsOf(steps) }));
  });
}

/** 0, then the running sums. */
function sumsOf(steps: readonly number[]): number[] {
  const sums = [0];
  for (const step of steps) sums.push(sums.at(-1)! + step);
  return sums;
}
