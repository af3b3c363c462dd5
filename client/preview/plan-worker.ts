// The engine in a web worker: the same code as on the server, for a quick look. Coverage is computed once and kept; a choice or a click is
// answered at once, and a longer search beside this worker sends a better plan when it has one. Cancelling is ending the worker, and
// everything it started with it: nothing here is saved.
import {
  type ChosenSites,
  decodePlanInput,
  type Effort,
  effortOf,
  explainSite,
  type PlanChoice,
  type PlanInput,
  PlanningError,
  type PlanResult,
  type PlanSensitivity,
  type PreparedCoverage,
  type ProvenPlan,
  paintCoverageTile,
  prepareCoverageWith,
  prepareScenarios,
  type ScenarioAmounts,
  type SelectionRequest,
  type Site,
  type SiteExplanation,
  scenarioFactsOf,
  usualScenarios,
} from '../../engine/index.ts';
import type { FromImprover } from './improver-messages.ts';
import { listenBetween, makeTurns, type Urgency } from './make-turns.ts';
import { makePlanDesk, type PlanDesk, type PlanMove } from './plan-desk.ts';
import { BOUND_ROUND, type FromPreview, type PreviewWish, type ToPreview } from './preview-messages.ts';
import { type CoverageCrew, startCoverageCrew } from './start-coverage-crew.ts';
import { type Improver, startImproving } from './start-improver.ts';
import { weighPlan } from './weigh-plan.ts';

/** What a tab may take before the browser ends it without a word. */
const MEMORY_MB = 2048;
/** A better plan after seconds, before the one that was asked for. */
const shortSearch: Effort = { priceSteps: 60, improveSteps: 1_500, seed: 1 };
/** Longer than a frame takes on a busy machine; a page that was left in between makes none. */
const LIST_WAIT_MS = 2_000;
/** Starting a search copies the footprints: not between two clicks of somebody who strikes one site after the other. */
const BOUND_AFTER_MS = 700;
const boundSearch: Effort = { priceSteps: 200, improveSteps: 0, seed: 1 };

interface Kept {
  readonly input: PlanInput;
  readonly prepared: PreparedCoverage;
  readonly sitesById: ReadonlyMap<string, Site>;
  readonly desk: PlanDesk;
}

let kept: Kept | null = null;
let shown: { readonly choice: PlanChoice; readonly result: ProvenPlan } | null = null;
/** Of the plan on the desk. */
let wish = 0;
let improver: Improver | null = null;
/** Ends the look at how firmly the plan stands. */
let endWeighing: (() => void) | null = null;
/** The plan that was moved to and not described yet. */
let unsaid: { readonly wish: number; readonly describe: () => void } | null = null;
let lastNewsMs = 0;
const turns = makeTurns(listenBetween());

self.addEventListener('message', ({ data }: MessageEvent<ToPreview>) => {
  if (data.kind === 'enough') improver?.enough();
  else if (data.kind === 'seen') describeUnsaid(data.wish);
  else turns.take(urgencyOf(data), () => answer(data));
});

function urgencyOf({ kind }: Question): Urgency {
  return kind === 'tile' || kind === 'explain' ? 'picture' : 'click';
}

type Question = Exclude<ToPreview, { kind: 'enough' | 'seen' }>;

async function answer(message: Question): Promise<void> {
  try {
    if (message.kind === 'start') await start(message.input, message.choice);
    else if (message.kind === 'tile') paint(message);
    else if (message.kind === 'explain') explain(message);
    else if (message.kind === 'weigh') weigh(message.amounts);
    else await follow(message, performance.now());
  } catch (error) {
    if (message.kind === 'tile') say({ kind: 'tile', id: message.id, rgba: null });
    else if (message.kind === 'explain') say({ kind: 'explained', id: message.id, explanation: null });
    else {
      const { code, found } = refusalOf(error);
      if ((message.kind === 'edit' || message.kind === 'choose') && code !== 'CLIENT_UNEXPECTED')
        say({ kind: 'refused', wish: message.wish, code, found });
      else say({ kind: 'failed', code, found });
    }
  }
}

function refusalOf(error: unknown) {
  return error instanceof PlanningError
    ? { code: error.code, found: error.found }
    : { code: 'CLIENT_UNEXPECTED', found: { detail: String(error) } };
}

async function start(bytes: Uint8Array, choice: PlanChoice): Promise<void> {
  const startedMs = performance.now();
  const input = decodePlanInput(bytes);
  const prepared = await prepare(input, choice);
  report({ step: 'selection', done: 0, total: 1 });
  const { desk, move } = makePlanDesk(prepared, choice);
  kept = { input, prepared, sitesById: new Map(input.sites.map((site) => [site.id, site])), desk };
  const now = kept;
  show(now, move, startedMs, () => improve(now));
}

function prepare(input: PlanInput, { scenarios }: PlanChoice): Promise<PreparedCoverage> {
  return withCrew(async (startCrew) => {
    const prepared = await prepareCoverageWith({ startCrew, memoryMb: MEMORY_MB }, input, report);
    await prepareScenarios({ startCrew, memoryMb: MEMORY_MB }, prepared, scenarios, report);
    return prepared;
  });
}

/** Threads start when the work is worth it, and end with it. */
async function withCrew<Made>(
  make: (startCrew: () => CoverageCrew['threads']) => Promise<Made>,
): Promise<Made> {
  let crew: CoverageCrew | null = null;
  try {
    return await make(() => {
      crew ??= startCoverageCrew(navigator.hardwareConcurrency);
      return crew.threads;
    });
  } finally {
    (crew as CoverageCrew | null)?.end(); // set in a callback, which the compiler does not see
  }
}

async function follow(message: PreviewWish & { readonly wish: number }, startedMs: number): Promise<void> {
  if (kept === null) return;
  const { desk, prepared } = kept;
  endSearches();
  wish = message.wish;
  if (message.kind === 'choose') {
    const { scenarios } = message.choice;
    await withCrew((startCrew) =>
      prepareScenarios({ startCrew, memoryMb: MEMORY_MB }, prepared, scenarios, report),
    );
  }
  if (message.kind === 'optimise') {
    improve(kept);
    return;
  }
  const move =
    message.kind === 'choose'
      ? desk.choose(message.choice)
      : message.kind === 'edit'
        ? desk.edit(message.edit)
        : desk.undo();
  if (move === null) {
    say({ kind: 'refused', wish, code: 'CLIENT_NOTHING_TO_UNDO', found: {} });
    return;
  }
  const now = kept;
  show(now, move, startedMs, () => {
    if (message.kind === 'choose') improve(now);
    else if (!desk.isBounded()) bound(now);
  });
}

/** What changed first. Everything about it follows once a person sees that: the frame needs the processors as well. */
function show(now: Kept, move: PlanMove, startedMs: number, then: () => void): void {
  const { sitesById } = now;
  const { siteId, difference } = move;
  const named = [...(difference?.opened ?? []), ...(difference?.closed ?? [])].map((place) => place.siteId);
  if (siteId !== null && !named.includes(siteId)) named.push(siteId);
  say({
    kind: 'moved',
    wish,
    move,
    sites: named.flatMap((id) => sitesById.get(id) ?? []),
    seconds: secondsSince(startedMs),
  });
  const describe = () => {
    sayResult(now, move, startedMs);
    then();
  };
  if (move.difference === null || move.cause === 'improve') describe();
  else {
    const asked = wish;
    unsaid = { wish: asked, describe };
    setTimeout(() => describeUnsaid(asked), LIST_WAIT_MS);
  }
}

/** Unless another wish has come before it, or it was said already. */
function describeUnsaid(asked: number): void {
  turns.take('click', () => {
    if (unsaid?.wish !== asked) return;
    const { describe } = unsaid;
    unsaid = null;
    tryTo(describe);
  });
}

function tryTo(work: () => void): void {
  try {
    work();
  } catch (error) {
    say({ kind: 'failed', ...refusalOf(error) });
  }
}

function sayResult({ desk, sitesById }: Kept, move: PlanMove, startedMs: number): void {
  const result = desk.describe(report);
  shown = { choice: move.choice, result };
  const { raster: _kept, proof: _proof, ...rest } = result;
  say({
    kind: 'result',
    wish,
    choice: move.choice,
    result: rest,
    sites: namedSites(result, sitesById),
    seconds: secondsSince(startedMs),
  });
  desk.warm();
}

function secondsSince(startedMs: number): number {
  return (performance.now() - startedMs) / 1000;
}

function improve(now: Kept): void {
  const request = now.desk.request();
  const asked = effortOf(request);
  search(now, request, asked.improveSteps > shortSearch.improveSteps ? [shortSearch, asked] : [asked], 0);
}

/** A repaired plan stays as it is; only how good it may be is looked for. */
function bound(now: Kept): void {
  const keep = newSitesOf(now.desk.chosen());
  search(now, { ...now.desk.request(), keep }, [boundSearch], BOUND_ROUND, BOUND_AFTER_MS);
}

function newSitesOf({ selection }: ChosenSites): number[] {
  return selection.steps.filter(({ placedBy }) => placedBy !== 'existing').map(({ site }) => site);
}

function search(
  now: Kept,
  request: SelectionRequest,
  efforts: readonly Effort[],
  firstRound: number,
  afterMs = 0,
): void {
  const started = startImproving(
    { request, efforts },
    (message) => {
      turns.take('picture', () => {
        if (improver === started) tryTo(() => hear(now, message, firstRound));
      });
    },
    afterMs,
  );
  improver = started;
  say({
    kind: 'improving',
    wish,
    news: {
      stage: 'greedy',
      done: 0,
      total: 0,
      cost: null,
      bound: null,
      covered: null,
      round: firstRound,
    },
  });
}

function hear(now: Kept, message: FromImprover, firstRound: number): void {
  if (message.kind === 'news')
    say({ kind: 'improving', wish, news: { ...message.news, round: firstRound + message.round } });
  else if (message.kind === 'found') {
    const startedMs = performance.now();
    show(now, now.desk.take(message.found), startedMs, () => {
      if (message.isLast) endImprover();
    });
  } else if (message.kind === 'failed') endImprover();
}

function endImprover(): void {
  improver?.end();
  improver = null;
  say({ kind: 'improving', wish, news: null });
}

function weigh(amounts: ScenarioAmounts | null): void {
  endWeighing?.();
  endWeighing = null;
  if (kept === null || shown === null || amounts === null) return;
  const { desk, prepared } = kept;
  const { choice } = shown;
  const startedFor = wish;
  const scenarios = usualScenarios(scenarioFactsOf(prepared, choice), amounts);
  const told = (sensitivity: PlanSensitivity | null) => {
    endWeighing = null;
    say({ kind: 'weighed', wish: startedFor, sensitivity });
  };
  endWeighing = weighPlan(
    { prepared, choice, chosen: desk.chosen(), scenarios, memoryMb: MEMORY_MB },
    {
      onDone: (done, total) => say({ kind: 'weighing', wish: startedFor, done, total }),
      onWeighed: told,
      onFailure: (error) => {
        told(null);
        say({ kind: 'refused', wish: startedFor, ...refusalOf(error) });
      },
    },
  );
}

function endSearches(): void {
  improver?.end();
  improver = null;
  endWeighing?.();
  endWeighing = null;
}

function paint({ id, z, x, y, layer, ramp }: Extract<ToPreview, { kind: 'tile' }>): void {
  if (kept === null || shown === null) {
    say({ kind: 'tile', id, rgba: null });
    return;
  }
  const painted = paintCoverageTile(shown.result.raster, {
    z,
    x,
    y,
    layer,
    ramp,
    size: 256,
    thresholdDbm: kept.input.thresholdDbm,
  });
  const rgba = new Uint8ClampedArray(painted);
  self.postMessage({ kind: 'tile', id, rgba } satisfies FromPreview, { transfer: [rgba.buffer] });
}

function explain({ id, siteId, receiver }: Extract<ToPreview, { kind: 'explain' }>): void {
  if (kept === null || shown === null) {
    say({ kind: 'explained', id, explanation: null });
    return;
  }
  const reasons = kept.desk.reasonsOf(siteId);
  const item = shown.result.items.find((one) => one.siteId === siteId);
  const configurationId =
    item?.configuration?.id ?? (reasons?.kind === 'unchosen' ? reasons.configurationId : null);
  const reply = explainSite(kept.input, shown.choice, shown.result.raster, siteId, configurationId);
  say({
    kind: 'explained',
    id,
    explanation: {
      site: kept.sitesById.get(siteId) ?? null,
      configuration: reply.configuration,
      whyNot: reply.whyNot,
      reasons,
      link: { ...profileOrRefusal(() => reply.linkProfile(receiver ?? undefined)), exposure: reply.exposure },
    },
  });
  const { desk } = kept;
  const lookedAt = wish;
  turns.take('idle', () => {
    if (wish === lookedAt && kept?.desk === desk) desk.foresee(siteId);
  });
}

/** A receiver that makes no link must not take the rest of the card along. */
function profileOrRefusal(profile: SiteExplanation['linkProfile']) {
  try {
    return { profile: profile(), refusal: null };
  } catch (error) {
    if (error instanceof PlanningError)
      return { profile: null, refusal: { code: error.code, found: error.found } };
    throw error;
  }
}

function namedSites(result: PlanResult, sitesById: ReadonlyMap<string, Site>): Site[] {
  const ids = new Set<string>();
  for (const item of result.items) {
    ids.add(item.siteId);
    for (const displaced of item.displaced) ids.add(displaced.siteId);
  }
  return [...ids].flatMap((id) => sitesById.get(id) ?? []);
}

/** Ten times a second is enough to look alive. */
function report(progress: Extract<FromPreview, { kind: 'progress' }>['progress']): void {
  const nowMs = performance.now();
  if (nowMs - lastNewsMs < 100 && progress.done < progress.total) return;
  lastNewsMs = nowMs;
  say({ kind: 'progress', progress });
}

function say(message: FromPreview): void {
  self.postMessage(message);
}
