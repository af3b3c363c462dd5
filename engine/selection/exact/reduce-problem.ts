// The smallest problem with the same best plans: what stands is counted and gone, sites that can never open or never help are
// dropped, identical bins merge, sites that prices prove too dear go (reduced-cost fixing), and of two sites that no rule tells
// apart the one that serves less for no less money goes. Selection reference, sections 4, 6.1 and 9.
import type { BinPrices } from '../certificate.ts';
import type { SelectionChoice, SelectionProblem } from '../selection-problem.ts';
import { makeSiteRules } from '../wishes/make-site-rules.ts';
import { type CoverRows, restrictRows } from './cover-rows.ts';
import { dropDominated } from './drop-dominated.ts';
import { findDearSites } from './find-dear-sites.ts';
import { readCoverRows } from './read-cover-rows.ts';
import { recountSites } from './recount-sites.ts';

/** What is known before: the best plan, what a better one has to show, and prices that bound every plan. */
export interface KnownPlan {
  /** cost: the cheapest plan with all required shares. covered: the most of the first target within the limits. */
  readonly kind: 'cost' | 'covered';
  /** Its new sites: prices drop none of them. */
  readonly sites: readonly number[];
  /** Yuan of a better plan at the most (Infinity: any), or what it covers of the first target at the least. */
  readonly toBeat: number;
  readonly prices: BinPrices | null;
}

export interface ReducedProblem {
  readonly kind: 'cost' | 'covered';
  /** Free sites that are left, by their number in the problem, ascending. Existing and locked ones are open besides. */
  readonly sites: readonly number[];
  /** Over positions in `sites`. */
  readonly rows: CoverRows;
  /** Weight times worth still missing, one per target; 0: no duty. All 0 when the share is maximised. */
  readonly duties: readonly number[];
  /** Weight times worth of the first target that existing and locked sites cover, and their yuan and number of new ones. */
  readonly open: { readonly covered: number; readonly cost: number; readonly count: number };
  /** Sites that might open at all, and how many of them the prices dropped. */
  readonly free: number;
  readonly fixed: number;
  /** The known plan with stand-ins for sites that were dominated. */
  readonly plan: readonly number[];
  readonly nonzeros: number;
}

/** Null when the free sites have too many incidences to be written down. Takes about 20 bytes per incidence of a free site. */
export function reduceProblem(
  problem: SelectionProblem,
  choice: SelectionChoice,
  known: KnownPlan,
): ReducedProblem | null {
  const rules = makeSiteRules(problem, choice);
  const open = { cost: rules.cost(), count: rules.count() };
  const free = Array.from(problem.cost, (_, site) => site).filter((site) => rules.mayOpen(site));
  const { covered } = recountSites(problem, choice, []);
  const duties = Array.from(covered, (base, target) =>
    known.kind === 'cost' ? Math.max(0, choice.required[target]! - base) : 0,
  );
  const counts = duties.map((duty, target) => (known.kind === 'cost' ? duty > 0 : target === 0));
  const all = readCoverRows(problem, choice, free, counts, known.prices);
  if (all === null) return null;

  const costs = Float64Array.from(free, (site) => problem.cost[site]!);
  const isDear =
    known.prices === null
      ? new Uint8Array(free.length)
      : findDearSites(all, costs, known.prices.perTarget, {
          duties: known.kind === 'cost' ? duties : duties.with(0, known.toBeat - covered[0]!),
          counts,
          budget: (known.kind === 'cost' ? known.toBeat : (choice.budget ?? Infinity)) - open.cost,
          count: known.kind === 'cost' || choice.maxSites === null ? Infinity : choice.maxSites - open.count,
        });
  const inPlan = new Set(known.sites);
  const helps = helpfulSites(choice, free, all);
  const kept = free.filter(
    (site, position) => inPlan.has(site) || (helps[position] === 1 && isDear[position] === 0),
  );
  const fixed = free.filter((site, position) => isDear[position] === 1 && !inPlan.has(site)).length;

  const rows = restrictRows(all, free, kept, counts.length);
  const standIn = dropDominated(problem, choice, kept, rows);
  const sites = kept.filter((_, position) => standIn[position] === -1);
  const left = restrictRows(rows, kept, sites, counts.length);
  const positionOf = new Map(kept.map((site, position) => [site, position]));
  const plan = known.sites.flatMap((site) => {
    const position = positionOf.get(site);
    if (position === undefined) return [];
    return [standIn[position] === -1 ? site : kept[standIn[position]!]!];
  });
  return {
    kind: known.kind,
    sites,
    rows: left,
    duties,
    open: { covered: covered[0]!, ...open },
    free: free.length,
    fixed,
    plan: [...new Set(plan)],
    nonzeros: left.sites.length,
  };
}

/** Sites that serve something that counts; a group that needs sites may need one that serves nothing. */
function helpfulSites({ rules }: SelectionChoice, free: readonly number[], rows: CoverRows): Uint8Array {
  const helps = new Uint8Array(free.length);
  for (const position of rows.sites) helps[position] = 1;
  const wanted = new Set(rules.groups.flatMap(({ sites, leastSites }) => (leastSites ? sites : [])));
  free.forEach((site, position) => {
    if (wanted.has(site)) helps[position] = 1;
  });
  return helps;
}
