// Small random problems with every rule there is, counted item by item from their tables: what a plan covers, whether it may stand,
// and by trying all sets the best there is. Nothing of the engine takes part, so that the engine can be judged by it.
import type {
  Selection,
  SelectionChoice,
  SelectionProblem,
  SiteGroup,
} from '../../../engine/selection/selection-problem.ts';
import { type CoverKind, coverKinds, problemOfTable, type Table } from './table-problem.ts';

export interface RandomCase {
  readonly seed: number;
  readonly kind: CoverKind;
  readonly table: Table;
  readonly problem: SelectionProblem;
  readonly choice: SelectionChoice;
}

const GRADE_VALUE = [0, 2, 5, 9];
const ROW_LENGTH = 5;

/** The same case for the same seed and shape. `rules`: spacing and groups may occur. */
export function randomCase(seed: number, options: { sites?: number; rules?: boolean } = {}): RandomCase {
  const random = steps(seed);
  const kind = coverKinds[seed % coverKinds.length]!;
  const below = (limit: number): number => Math.floor(random() * limit);
  const often = (share: number): boolean => random() < share;
  const items = 4 + below(12);
  const siteCount = options.sites ?? 3 + below(6);
  const rules = options.rules ?? true;
  const costs = often(0.3) ? [5] : [0, 10, 15, 25, 40];
  const sites = Array.from({ length: siteCount }, (_, index) => {
    const own = Array.from({ length: items }, (_, item) => item + 1).filter(() => often(0.35));
    return {
      id: `s${(index * 7) % 11}-${index}`,
      items: own,
      ...(kind === 'grades' ? { grades: own.map(() => below(GRADE_VALUE.length)) } : {}),
      cost: costs[below(costs.length)]!,
    };
  });
  const weightsOf = (share: number): number[] =>
    Array.from({ length: items }, () => (often(share) ? 1 + below(5) : 0));
  const table: Table = {
    weights: weightsOf(0.9),
    sites,
    moreTargets: often(0.4) ? [weightsOf(0.4)] : [],
    ...(kind === 'grades' ? { gradeValue: GRADE_VALUE } : {}),
    places: sites.map(() => [below(40), below(40)] as const),
    ...(kind !== 'grades' && often(0.3)
      ? {
          fold: {
            sites: Array.from({ length: items }, () => 1 + below(3)),
            counts: often(0.6) ? ('graded' as const) : ('strict' as const),
          },
        }
      : {}),
  };
  const problem = problemOfTable(table, kind, ROW_LENGTH);
  return { seed, kind, table, problem, choice: randomChoice(table, { below, often }, rules) };
}

interface Dice {
  readonly below: (limit: number) => number;
  readonly often: (share: number) => boolean;
}

function randomChoice(table: Table, { below, often }: Dice, rules: boolean): SelectionChoice {
  const all = table.sites.map((_, site) => site);
  const roles = all.map((_, site) => (site < 2 ? 9 : below(10)));
  const share = [0.3, 0.6, 0.8, 1][below(4)]!;
  const refused = all.filter((site) => roles[site] === 2);
  const open = all.filter((site) => roles[site] !== 2);
  const required = coveredOf(table, open).map((ceiling) => Math.floor(ceiling * share));
  const choice: SelectionChoice = {
    required: often(0.1) ? required.map((value) => value + 3) : required,
    budget: often(0.3) ? 5 * below(20) : null,
    maxSites: often(0.25) ? 1 + below(4) : null,
    existing: all.filter((site) => roles[site] === 0),
    locked: all.filter((site) => roles[site] === 1),
    refused,
    rules: {
      spacingM: rules && often(0.35) ? Float64Array.from(all, () => (often(0.8) ? 12 : 5 * below(4))) : null,
      groups: rules && often(0.5) ? groupsOf(all, { below, often }) : [],
    },
  };
  return mayStart(table, choice)
    ? choice
    : { ...choice, locked: [], budget: null, rules: { ...choice.rules, groups: [] } };
}

function groupsOf(all: readonly number[], { below, often }: Dice): SiteGroup[] {
  return Array.from({ length: 1 + below(3) }, (_, index) => ({
    id: `g${index}`,
    sites: all.filter(() => often(0.45)),
    leastSites: often(0.25) ? 1 : null,
    mostSites: often(0.6) ? 1 + below(3) : null,
    mostCost: often(0.3) ? 20 + 5 * below(10) : null,
  }));
}

/** Locked sites alone keep the rules and every group can have its least. */
function mayStart(table: Table, choice: SelectionChoice): boolean {
  const loose = {
    ...choice,
    rules: {
      ...choice.rules,
      groups: choice.rules.groups.map((group) => ({ ...group, leastSites: null })),
    },
  };
  const out = new Set([...choice.existing, ...choice.refused]);
  return (
    keepsRules(table, loose, choice.locked) &&
    choice.rules.groups.every(
      ({ sites, leastSites, mostSites }) =>
        (leastSites ?? 0) <= Math.min(sites.filter((site) => !out.has(site)).length, mostSites ?? Infinity),
    )
  );
}

/** Weight times worth that the open sites cover, one per target, item by item. */
export function coveredOf(table: Table, open: readonly number[]): number[] {
  const { weights, moreTargets = [], gradeValue, fold } = table;
  const full = fullOf(table);
  return [weights, ...moreTargets].map((target) => {
    let covered = 0;
    target.forEach((weight, index) => {
      const grades = open.flatMap((site) => {
        const { items, grades: own } = table.sites[site]!;
        const at = items.indexOf(index + 1);
        return at < 0 || own?.[at] === 0 ? [] : [own?.[at] ?? 1];
      });
      if (gradeValue) covered += weight * gradeValue[Math.max(0, ...grades)]!;
      else if (!fold) covered += grades.length > 0 ? weight : 0;
      else if (fold.counts === 'strict') covered += grades.length >= fold.sites[index]! ? weight : 0;
      else covered += (weight * full * Math.min(grades.length, fold.sites[index]!)) / fold.sites[index]!;
    });
    return covered;
  });
}

/** Worth of one unit of weight: the last grade, 6 (counts of 1, 2 and 3) or less where bins need several sites, or 1. */
function fullOf({ gradeValue, fold }: Table): number {
  if (gradeValue) return gradeValue.at(-1)!;
  if (fold?.counts !== 'graded') return 1;
  return (fold.sites.includes(2) ? 2 : 1) * (fold.sites.includes(3) ? 3 : 1);
}

export function costOf(table: Table, sites: readonly number[]): number {
  return sites.reduce((sum, site) => sum + table.sites[site]!.cost, 0);
}

/** Whether these new sites (locked ones among them) keep every rule beside the existing stations. */
export function keepsRules(table: Table, choice: SelectionChoice, newSites: readonly number[]): boolean {
  const { budget, maxSites, existing, refused, rules } = choice;
  if (budget !== null && costOf(table, newSites) > budget) return false;
  if (maxSites !== null && newSites.length > maxSites) return false;
  if (newSites.some((site) => refused.includes(site))) return false;
  for (const { sites, leastSites, mostSites, mostCost } of rules.groups) {
    const own = newSites.filter((site) => sites.includes(site));
    if (own.length < (leastSites ?? 0) || own.length > (mostSites ?? Infinity)) return false;
    if (costOf(table, own) > (mostCost ?? Infinity)) return false;
  }
  const { spacingM } = rules;
  if (!spacingM) return true;
  return newSites.every((site) =>
    [...newSites, ...existing].every((other) => {
      if (other === site) return true;
      const [east, north] = table.places![site]!;
      const [otherEast, otherNorth] = table.places![other]!;
      return Math.hypot(east - otherEast, north - otherNorth) >= Math.min(spacingM[site]!, spacingM[other]!);
    }),
  );
}

export interface BestPlans {
  /** New sites, locked ones first; null: no set reaches the shares and keeps the rules. */
  readonly cheapest: readonly number[] | null;
  /** The most of the first target within the rules (cheapest of those); null: no set keeps the rules. */
  readonly widest: readonly number[] | null;
}

/** Every set of sites, tried. */
export function bestPlans({ table, choice }: RandomCase): BestPlans {
  const free = table.sites
    .map((_, site) => site)
    .filter((site) => ![...choice.existing, ...choice.locked, ...choice.refused].includes(site));
  let cheapest: { sites: number[]; cost: number } | null = null;
  let widest: { sites: number[]; covered: number; cost: number } | null = null;
  for (let set = 0; set < 1 << free.length; set++) {
    const sites = [...choice.locked, ...free.filter((_, at) => (set >> at) & 1)];
    if (!keepsRules(table, choice, sites)) continue;
    const cost = costOf(table, sites);
    const covered = coveredOf(table, [...choice.existing, ...sites]);
    if (choice.required.every((value, at) => covered[at]! >= value) && (!cheapest || cost < cheapest.cost))
      cheapest = { sites, cost };
    const more = covered[0]! - (widest?.covered ?? -1);
    if (more > 0 || (more === 0 && cost < widest!.cost)) widest = { sites, covered: covered[0]!, cost };
  }
  return { cheapest: cheapest?.sites ?? null, widest: widest?.sites ?? null };
}

/** A plan of these new sites with every figure counted by hand, and a certificate that a complete search may give. */
export function planByHand(
  { table, choice }: RandomCase,
  newSites: readonly number[],
  certificate: Partial<Selection['certificate']> = {},
): Selection {
  const order = [...choice.existing, ...newSites];
  const covered = coveredOf(table, order);
  const out = choice.refused.filter((site) => !choice.existing.includes(site));
  const ceiling = coveredOf(
    table,
    table.sites.map((_, site) => site).filter((site) => !out.includes(site)),
  );
  const cost = costOf(table, newSites);
  const reached = choice.required.every((value, at) => covered[at]! >= value);
  const status: Selection['status'] = reached
    ? 'reached'
    : choice.required.some((value, at) => ceiling[at]! < value)
      ? 'not-reachable'
      : choice.maxSites !== null && newSites.length >= choice.maxSites
        ? 'count-reached'
        : choice.budget !== null
          ? 'budget-spent'
          : 'rules-bind';
  return {
    status,
    steps: order.map((site, at) => {
      const before = coveredOf(table, order.slice(0, at))[0]!;
      const after = coveredOf(table, order.slice(0, at + 1))[0]!;
      const placedBy = choice.existing.includes(site)
        ? 'existing'
        : choice.locked.includes(site)
          ? 'locked'
          : reached
            ? 'target-gain'
            : 'budget-gain';
      return { site, placedBy, gain: after - before, coveredAfter: after };
    }),
    covered,
    cost,
    ceiling,
    certificate: {
      kind: reached ? 'cost' : 'covered',
      bound: reached ? cost : covered[0]!,
      gap: 0,
      method: 'exact',
      optimal: true,
      prices: null,
      parts: { required: 0, bins: 0, sites: 0 },
      steps: 0,
      ...certificate,
    },
  };
}

/** mulberry32: 0..1. */
function steps(seed: number): () => number {
  let state = (seed * 2654435761) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
