// A selection too large for one thread: cut into parts with halos (tile-parts.ts, split-problem.ts), each solved by whoever is
// handed it, then stitched into one plan (stitch-parts.ts) with one bound over the whole problem (join-prices.ts). The plan
// depends on the problem, the parts and the effort, not on how many parts are solved at once or which is done first.

import { checkRequest } from '../check-request.ts';
import { fullWorth } from '../cover/full-worth.ts';
import type { Effort, SelectionNews, Watch } from '../effort.ts';
import { boundOf } from '../prices/bound-of.ts';
import type { PriceStart } from '../prices/find-prices.ts';
import { computeCeilings, giveBack, startWith } from '../problem-facts.ts';
import { selectGreedily } from '../search/select-greedily.ts';
import type { Selection, SelectionChoice, SelectionProblem } from '../selection-problem.ts';
import { betterSites, settleSelection } from '../solve-selection.ts';
import { type Agreement, agreeOnPrices, joinPrices, type SolvedPart } from './join-prices.ts';
import { priceBorders } from './price-borders.ts';
import { type PartPlan, type PartWork, solvePart } from './solve-part.ts';
import { cutPart, mapParts, type PartMap, type PartWish } from './split-problem.ts';
import { stitchParts } from './stitch-parts.ts';
import { tileParts } from './tile-parts.ts';

export interface PartsPlan {
  /** Part of each bin, or NO_PART; null: `tileParts` with the two that follow. */
  readonly parts: Uint16Array | null;
  /** Number of each bin's district, for parts that keep to them unless they are small on average; null: none. */
  readonly districts: Uint16Array | null;
  readonly partSites: number;
  /** Parts solved at the same time: each is cut when its turn comes, so that memory holds so many. */
  readonly lanes: number;
  /** Solves one part here, in a thread or elsewhere; may take the buffers of its work (`partBuffers`). Rejects to give up everything. */
  readonly runPart: (work: PartWork, watch: Watch) => Promise<PartPlan>;
}

/** As many candidates make a part worth its thread, and borders stay short. */
const PART_SITES = 25_000;

/** Everything in this thread, one part after the other. */
export const inOneThread: PartsPlan = {
  parts: null,
  districts: null,
  partSites: PART_SITES,
  lanes: 1,
  runPart: async (work, watch) => solvePart(work, watch),
};

/** Steps of the first round as a share of those of the whole; the second, at one price for all, takes the rest. */
const FIRST_SHARE = 0.5;
/** Steps along the borders, likewise. */
const BORDER_SHARE = 0.5;
/** Under a limit the parts are asked for this share of what greedy covers. */
const AIM_SHARE = 1.03;

/** Like `solveSelection`, part by part; `effort.improveSteps` are shared out. Throws SELECTION_* and what `runPart` rejects with. */
export async function solveInParts(
  problem: SelectionProblem,
  choice: SelectionChoice,
  effort: Effort,
  plan: PartsPlan,
  watch: Watch = {},
): Promise<Selection> {
  checkRequest(problem, choice);
  const standing = new Set(choice.existing);
  const ceilings = computeCeilings(
    problem,
    choice.refused.filter((site) => !standing.has(site)),
  );
  const isReachable = choice.required.every((value, target) => value <= ceilings[target]!);
  // where a share is out of reach, everything that can be had is wanted
  const wanted = isReachable ? choice : { ...choice, required: ceilings };
  const greedy = selectGreedily(problem, wanted, { watch });
  const sharing = shareOut(problem, wanted, greedy);
  const map = mapParts(problem, plan.parts ?? tileParts(problem, plan.partSites, plan.districts));
  const ask = (task: PartWork['task'], priceSteps: number, start: FirstRound | null) =>
    solveParts(sharing.problem, map, sharing.wish, { ...effort, priceSteps }, plan, task, start, watch);
  const firstSteps = Math.ceil(FIRST_SHARE * effort.priceSteps);
  const first = await ask('prices', firstSteps, null);
  const agreed = agreeOnPrices(problem, first);
  const solved = await ask('plan', effort.priceSteps - firstSteps, { parts: first, agreed });

  const aimed = { ...wanted, required: sharing.aim };
  const joined = joinPrices(problem, map, solved, agreed.perTarget);
  const prices = priceBorders(
    sharing.problem,
    aimed,
    map,
    joined,
    Math.ceil(BORDER_SHARE * effort.priceSteps),
    watch,
  );
  const stitched = stitchParts(
    problem,
    wanted,
    map,
    solved.map(({ plan: own, sites }) => ({
      part: own.part,
      sites: Array.from(own.sites, (site) => sites[site]!),
    })),
    { perTarget: prices.perTarget, reduced: boundOf(sharing.problem, aimed, 'cost', prices).reduced },
    effort,
    watch,
  );
  const best = betterSites(problem, wanted, greedy, stitched);
  // prices per site say little of money when all shares came within reach after all
  const isOtherUnit = sharing.problem !== problem && isMet(wanted, coveredWith(problem, wanted, best));
  if (effort.priceSteps === 0 || isOtherUnit) return settleSelection(problem, choice, best, effort, watch);
  return settleSelection(problem, choice, best, { priceSteps: 0 }, watch, prices);
}

interface Sharing {
  /** In what binds: yuan, or sites where only their number is limited. */
  readonly problem: SelectionProblem;
  readonly wish: PartWish;
  /** Worth asked for over all parts. */
  readonly aim: number[];
}

/** What greedy covers, cut to what is required; where a limit keeps it short of that, a little more of the first target. */
function shareOut(problem: SelectionProblem, choice: SelectionChoice, greedy: readonly number[]): Sharing {
  const covered = coveredWith(problem, choice, greedy);
  const { required, budget, maxSites, locked } = choice;
  const isShort = !isMet(choice, covered);
  const count = locked.length + greedy.length;
  const isCounted = isShort && maxSites !== null && (budget === null || count >= maxSites);
  const factors = required.map((value, target) => {
    if (covered[target] === 0) return 0;
    return Math.min(isShort && target === 0 ? AIM_SHARE : 1, value / covered[target]!);
  });
  return {
    problem: isCounted ? { ...problem, cost: new Float64Array(problem.cost.length).fill(1) } : problem,
    wish: { choice, plan: [...locked, ...greedy], factors },
    aim: factors.map((factor, target) => Math.ceil(factor * covered[target]!)),
  };
}

function coveredWith(problem: SelectionProblem, choice: SelectionChoice, sites: readonly number[]): number[] {
  const { state } = startWith(problem, choice.existing);
  for (const site of [...choice.locked, ...sites]) state.openSite(site);
  const covered = Array.from(state.covered);
  giveBack(state);
  return covered;
}

function isMet({ required }: SelectionChoice, covered: readonly number[]): boolean {
  return required.every((value, target) => covered[target]! >= value);
}

interface FirstRound {
  readonly parts: readonly SolvedPart[];
  readonly agreed: Agreement;
}

/** In the order of the parts; those without sites are left out. */
async function solveParts(
  problem: SelectionProblem,
  map: PartMap,
  wish: PartWish,
  effort: Effort,
  { lanes, runPart }: PartsPlan,
  task: PartWork['task'],
  first: FirstRound | null,
  watch: Watch,
): Promise<SolvedPart[]> {
  const solved = new Array<SolvedPart | null>(map.count).fill(null);
  const news = joinNews(map.count, task, watch);
  let next = 0;
  const workOn = async () => {
    while (next < map.count) {
      const part = next++;
      const at = first === null ? -1 : first.parts.findIndex(({ plan }) => plan.part === part);
      const { work, sites } = cutPart(problem, map, part, wish);
      if (sites.length === 0) continue;
      const full = fullWorth(work.problem);
      const required = first?.agreed.required[at] ?? work.choice.required;
      const totals = work.problem.targets.map(({ weight }) => full * sumOf(weight));
      const improveSteps = Math.ceil((effort.improveSteps * sites.length) / map.siteParts.length);
      const order: PartWork = {
        ...work,
        choice: { ...work.choice, required },
        task,
        start: first && startOf(first.parts[at]!.plan, first.agreed),
        effort: { ...effort, improveSteps, seed: effort.seed + part },
      };
      const { shouldStop } = watch;
      const onNews = news.of(part);
      const plan = await runPart(order, { ...(shouldStop && { shouldStop }), ...(onNews && { onNews }) });
      news.done(part);
      solved[part] = { plan, sites, required, totals };
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(lanes, map.count)) }, workOn));
  return solved.filter((part): part is SolvedPart => part !== null);
}

/** The prices of the first round at the level all agreed on. */
function startOf({ perTarget, perBin, x, worth }: PartPlan, agreed: Agreement): PriceStart {
  const own = agreed.perTarget.map((price) => price / worth);
  let was = 0;
  let now = 0;
  own.forEach((price, target) => {
    if (!(perTarget[target]! > 0)) return;
    was += perTarget[target]!;
    now += price;
  });
  const change = was > 0 ? now / was : 1;
  return { perTarget: own, perBin: perBin.map((price) => price * change), x, isHeld: true };
}

function sumOf(weights: Int32Array): number {
  let sum = 0;
  for (const weight of weights) sum += weight;
  return sum;
}

/** Parts are in different stages: what is told is how far they are together, in hundredths of parts. */
const HUNDREDTHS = 100;

interface PartsNews {
  readonly of: (part: number) => ((news: SelectionNews) => void) | null;
  readonly done: (part: number) => void;
}

function joinNews(count: number, task: PartWork['task'], { onNews }: Watch): PartsNews {
  const shares = new Float64Array(count);
  const tell = (part: number, share: number) => {
    shares[part] = Math.max(shares[part]!, share);
    const done = Math.floor(HUNDREDTHS * shares.reduce((sum, own) => sum + own, 0));
    const stage = task === 'prices' ? 'prices' : 'improve';
    onNews?.({ stage, done, total: HUNDREDTHS * count, cost: null, bound: null, covered: null });
  };
  const shareOf = ({ stage, done, total }: SelectionNews) => {
    const own = total > 0 ? done / total : 0;
    if (task === 'prices') return own;
    return stage === 'prices' ? own / 2 : stage === 'improve' ? (1 + own) / 2 : 0;
  };
  return {
    of: (part) => (onNews ? (news) => tell(part, shareOf(news)) : null),
    done: (part) => tell(part, 1),
  };
}
