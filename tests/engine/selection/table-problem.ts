// Selection problems written as tables: items 1..n with weights, sites as lists of items. Rows have a given length.
import fc from 'fast-check';
import type { SelectionChoice, SelectionProblem } from '../../../engine/selection/selection-problem.ts';

export interface TableSite {
  readonly id: string;
  /** Items counted from 1. */
  readonly items: readonly number[];
  readonly cost: number;
}

export interface Table {
  readonly weights: readonly number[];
  readonly sites: readonly TableSite[];
}

export function problemOfTable({ weights, sites }: Table, rowLength = 128): SelectionProblem {
  const rowStarts: number[] = [];
  const weight: number[] = [];
  const itemOf: number[] = [];
  weights.forEach((value, index) => {
    if (index % rowLength === 0) {
      rowStarts.push(weight.length);
      weight.push(0);
    }
    itemOf.push(weight.length);
    weight.push(value);
  });
  rowStarts.push(weight.length);

  const runStarts = [0];
  const runFirst: number[] = [];
  const runLength: number[] = [];
  for (const site of sites) {
    const items = [...new Set(site.items)].map((item) => itemOf[item - 1]!).sort((a, b) => a - b);
    for (const [index, item] of items.entries()) {
      const continues = index > 0 && items[index - 1] === item - 1 && !rowStarts.includes(item - 1);
      if (continues) runLength[runLength.length - 1]!++;
      else {
        runFirst.push(item);
        runLength.push(1);
      }
    }
    runStarts.push(runFirst.length);
  }
  return {
    rowStarts: Uint32Array.from(rowStarts),
    weight: Int32Array.from(weight),
    runStarts: Uint32Array.from(runStarts),
    runFirst: Uint32Array.from(runFirst),
    runLength: Uint16Array.from(runLength),
    cost: Float64Array.from(sites, (site) => site.cost),
    siteIds: sites.map((site) => site.id),
  };
}

export function choiceOf(changes: Partial<SelectionChoice> = {}): SelectionChoice {
  return {
    targetWeight: Number.MAX_SAFE_INTEGER,
    budget: null,
    maxSites: null,
    existing: [],
    locked: [],
    refused: [],
    ...changes,
  };
}

export function totalOf(table: Table): number {
  return table.weights.reduce((sum, weight) => sum + weight, 0);
}

/** Weight that the sites with these indexes cover, counted naively. */
export function coveredBy(table: Table, sites: readonly number[]): number {
  const items = new Set(sites.flatMap((site) => table.sites[site]!.items));
  let sum = 0;
  for (const item of items) sum += table.weights[item - 1]!;
  return sum;
}

/** Small random tables; costs and weights from few values, so that ties are common. */
export function tables(
  options: { maxSites?: number; maxItems?: number; equalCosts?: boolean } = {},
): fc.Arbitrary<Table> {
  const { maxSites = 10, maxItems = 16, equalCosts = false } = options;
  return fc.integer({ min: 1, max: maxItems }).chain((items) =>
    fc.record({
      weights: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: items, maxLength: items }),
      sites: fc
        .array(
          fc.record({
            items: fc.uniqueArray(fc.integer({ min: 1, max: items }), { maxLength: items }),
            cost: equalCosts ? fc.constant(10) : fc.constantFrom(0, 1, 2, 3, 6),
          }),
          { minLength: 1, maxLength: maxSites },
        )
        .map((sites) => sites.map((site, index) => ({ ...site, id: `s${(index * 7) % 11}-${index}` }))),
    }),
  );
}
