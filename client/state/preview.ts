// The preview in the browser: fetch the inputs, compute in the worker, show, change, improve, put away. Never saved, and
// never mixed with a saved plan: `isShown` says which of the two the screen speaks of.
import { useEffect, useState } from 'react';
import {
  type CoverageLayer,
  choiceRulesOf,
  type LonLat,
  type PlanChoice,
  type PlanProgress,
  type PlanSensitivity,
  type ScenarioAmounts,
  type SelectionNews,
  type Site,
} from '../../engine/index.ts';
import type { CoverageRuleJson } from '../../server/contract/catalogue.ts';
import type { NewPlanJson } from '../../server/contract/plans.ts';
import { fetchCompleteRequest, fetchPlanInput } from '../api/plans.ts';
import { afterPaint } from '../preview/after-paint.ts';
import type { PlanMove } from '../preview/plan-desk.ts';
import type { PlanEdit } from '../preview/plan-edit.ts';
import type {
  FromPreview,
  PreviewExplanation,
  PreviewResult,
  PreviewWish,
} from '../preview/preview-messages.ts';
import { type PreviewRunner, startPreview as startRunner } from '../preview/preview-runner.ts';
import { clearFocus, focusStore } from './focus.ts';
import { makeStore, useStore } from './make-store.ts';
import { type Ramp, showBottom } from './view.ts';

type Stage = 'idle' | 'fetching' | 'computing' | 'choosing' | 'ready' | 'failed';

export interface PreviewFailure {
  /** An ApiError, or null when the engine refused. */
  readonly error: unknown;
  readonly code: string | null;
  readonly found: Readonly<Record<string, string | number>>;
}

/** The long search beside the plan that is shown. */
export interface Improving {
  readonly stage: SelectionNews['stage'];
  /** 0: the short search; BOUND_ROUND: the sites stay, a bound is looked for. */
  readonly round: number;
  readonly done: number;
  readonly total: number;
  /** Of the search, which may be behind or ahead of the plan shown. */
  readonly costCny: number | null;
  /** Yuan; null while none is known, and where shares are bounded instead. */
  readonly boundCny: number | null;
  readonly isStopping: boolean;
}

export interface Weighing {
  readonly done: number;
  readonly total: number;
  /** null while it is computed. */
  readonly sensitivity: PlanSensitivity | null;
  /** How far the scenarios move. */
  readonly amounts: ScenarioAmounts;
}

interface Preview {
  readonly stage: Stage;
  readonly progress: PlanProgress | null;
  readonly failure: PreviewFailure | null;
  readonly request: NewPlanJson | null;
  /** As it is wished for now; the plan on the screen may still be on its way there. */
  readonly choice: PlanChoice | null;
  /** What the plan on the screen was chosen by; changes with `result`. */
  readonly shownChoice: PlanChoice | null;
  readonly result: PreviewResult | null;
  /** Sites of `result`; changes with it. */
  readonly sitesById: ReadonlyMap<string, Site>;
  readonly seconds: number;
  /** The last change of the plan that changed anything, and how long it took to answer. */
  readonly move: PlanMove | null;
  /** Sites that `move` opened or closed. */
  readonly moveSites: ReadonlyMap<string, Site>;
  readonly moveSeconds: number;
  readonly undoable: number;
  readonly improving: Improving | null;
  readonly weighing: Weighing | null;
  /** A click that cannot be followed. */
  readonly refusal: Pick<PreviewFailure, 'code' | 'found'> | null;
  /** Counts results, so that the map knows when to paint again. */
  readonly version: number;
  readonly isShown: boolean;
}

const nothing: Preview = {
  stage: 'idle',
  progress: null,
  failure: null,
  request: null,
  choice: null,
  shownChoice: null,
  result: null,
  sitesById: new Map(),
  seconds: 0,
  move: null,
  moveSites: new Map(),
  moveSeconds: 0,
  undoable: 0,
  improving: null,
  weighing: null,
  refusal: null,
  version: 0,
  isShown: false,
};

export const previewStore = makeStore<Preview>(nothing);

type Wish =
  | Exclude<PreviewWish, { kind: 'choose' }>
  | { readonly kind: 'change'; readonly change: Partial<PlanChoice> };

let runner: PreviewRunner | null = null;
let fetching: AbortController | null = null;
/** Wishes of a busy time, in their order. */
let waiting: Wish[] = [];
/** Whether a wish is on its way to its result. */
let isAsked = false;
/** Says so on the screen when the answer is slow; a quick one comes before anything else is drawn. */
let slowTimer: ReturnType<typeof setTimeout> | undefined;
const SLOW_MS = 150;

/** Starts over with these inputs. `rule` is the row of the rule table that the request names. */
export async function runPreview(request: NewPlanJson, rule: CoverageRuleJson): Promise<void> {
  closePreview();
  const abort = new AbortController();
  fetching = abort;
  previewStore.set({ stage: 'fetching', request, choice: choiceOf(request, rule) });
  try {
    const [input, refused] = await Promise.all([
      fetchPlanInput(request, abort.signal),
      fetchBasis(request, abort.signal),
    ]);
    if (abort.signal.aborted) return;
    const { choice: wished } = previewStore.get();
    // what was changed meanwhile counts
    const choice = { ...(wished ?? choiceOf(request, rule)), ...refused };
    previewStore.set({ stage: 'computing', choice });
    runner = startRunner(input, choice, {
      onProgress: (progress) => previewStore.set({ progress }),
      onMoved: takeMove,
      onResult: takeResult,
      onImproving: (news) =>
        previewStore.set(({ improving }) => ({ improving: improvingOf(news, improving) })),
      onWeighing: takeWeighing,
      onRefusal: takeRefusal,
      onFailure: (code, found) => fail({ error: null, code, found }),
    });
  } catch (error) {
    if (!abort.signal.aborted) fail({ error, code: null, found: {} });
  }
}

/** A plan based on another: what its reviews refuse, and whom it stays near to. */
async function fetchBasis(
  request: NewPlanJson,
  signal: AbortSignal,
): Promise<Partial<Pick<PlanChoice, 'refusedSiteIds' | 'keepSiteIds'>>> {
  if ((request.basedOnPlanId ?? null) === null) return {};
  const { refusedSiteIds = [], keepSiteIds = null } = await fetchCompleteRequest(request, signal);
  return { refusedSiteIds, keepSiteIds };
}

/** Another share, budget or set of rules over the coverage that is kept; of several wishes in a busy time the last one wins. */
export function changePreview(change: Partial<PlanChoice>): void {
  const { choice } = previewStore.get();
  if (choice === null) return;
  previewStore.set({ choice: { ...choice, ...change } });
  send({ kind: 'change', change });
}

/** Leaves one site out, insists on it, or ends either, and repairs the plan around it. A second click on the way to an answer is none. */
export function editPreview(edit: PlanEdit): void {
  if (!isAsked) send({ kind: 'edit', edit });
}

/** Takes the last edit back. */
export function undoPreview(): void {
  if (previewStore.get().undoable > 0) send({ kind: 'undo' });
}

/** Starts the long search again, from the choice as it is. */
export function optimisePreview(): void {
  send({ kind: 'optimise' });
}

/** Ends the long search with what it has found. */
export function enoughOfPreview(): void {
  const { improving } = previewStore.get();
  if (improving === null) return;
  previewStore.set({ improving: { ...improving, isStopping: true } });
  runner?.enough();
}

/** Looks how firmly the sites stand when assumptions move this far; null puts that away. */
export function weighPreview(amounts: ScenarioAmounts | null): void {
  previewStore.set({ weighing: amounts && { done: 0, total: 0, sensitivity: null, amounts } });
  runner?.weigh(amounts);
}

function send(wish: Wish): void {
  if (runner === null) return;
  if (previewStore.get().stage === 'ready' && !isAsked) follow(wish);
  else waiting = queueWish(waiting, wish);
}

/** Changes of a choice that follow each other are one. */
export function queueWish(queue: readonly Wish[], wish: Wish): Wish[] {
  const last = queue.at(-1);
  if (last?.kind === 'change' && wish.kind === 'change')
    return [...queue.slice(0, -1), { kind: 'change', change: { ...last.change, ...wish.change } }];
  return [...queue, wish];
}

function follow(wish: Wish): void {
  const { choice } = previewStore.get();
  if (runner === null || choice === null) return;
  if (wish.kind === 'edit' || wish.kind === 'undo') slowTimer = setTimeout(showWaiting, SLOW_MS);
  else
    previewStore.set({
      stage: wish.kind === 'optimise' ? 'ready' : 'choosing',
      improving: null,
      weighing: null,
      refusal: null,
    });
  isAsked = wish.kind !== 'optimise';
  if (wish.kind !== 'change') runner.follow(wish);
  else runner.follow({ kind: 'choose', choice: { ...choice, ...wish.change } });
}

/** Figures and rows stand back, buttons wait. */
function showWaiting(): void {
  if (isAsked) previewStore.set({ stage: 'choosing' });
}

function endWaiting(): void {
  isAsked = false;
  clearTimeout(slowTimer);
}

function sendNext(): void {
  const [next, ...rest] = waiting;
  waiting = rest;
  if (next) follow(next);
}

/** Stops whatever runs and puts the result away. */
export function closePreview(): void {
  fetching?.abort();
  fetching = null;
  runner?.end();
  runner = null;
  waiting = [];
  endWaiting();
  const { version, isShown } = previewStore.get();
  previewStore.set({ ...nothing, version });
  if (isShown) clearFocus();
}

/** The preview or the saved plan on the screen. */
export function showPreview(isShown: boolean): void {
  previewStore.set({ isShown });
  clearFocus();
}

/** Pixels of one coverage tile of the preview. */
export async function paintPreviewTile(tile: {
  z: number;
  x: number;
  y: number;
  layer: CoverageLayer;
  ramp: Ramp;
}) {
  return runner === null ? null : runner.paintTile(tile);
}

/** Why a site is in the preview or not, with the link budget to the asked place; undefined while on its way. */
export function usePreviewExplanation(
  siteId: string | null,
  receiver: LonLat | null,
): PreviewExplanation | null | undefined {
  const version = useStore(previewStore, (preview) => preview.version);
  const isShown = useStore(previewStore, (preview) => preview.isShown);
  const [explanation, setExplanation] = useState<PreviewExplanation | null | undefined>(undefined);
  useEffect(() => {
    if (!isShown || siteId === null || runner === null || version === 0) {
      setExplanation(undefined);
      return;
    }
    let isCurrent = true;
    void runner.explain(siteId, receiver).then((reply) => {
      if (isCurrent) setExplanation(reply);
    });
    return () => {
      isCurrent = false;
    };
  }, [siteId, receiver, version, isShown]);
  return explanation;
}

function choiceOf(request: NewPlanJson, rule: CoverageRuleJson): PlanChoice {
  return {
    rule: { ...rule, thresholdDbm: request.thresholdDbm ?? rule.thresholdDbm },
    targetShare: request.targetShare ?? rule.targetShare,
    budgetCny: request.budgetCny ?? null,
    maxSites: request.maxSites ?? null,
    refusedSiteIds: request.refusedSiteIds ?? [],
    lockedSiteIds: request.lockedSiteIds ?? [],
    ...choiceRulesOf(request),
  };
}

type Message<Kind extends FromPreview['kind']> = Extract<FromPreview, { kind: Kind }>;

/** The list of differences alone: rows, figures and map follow with the result, so that nothing stands before the list. */
function takeMove({ move, sites, seconds }: Message<'moved'>): void {
  previewStore.set({
    choice: withWaiting(move.choice),
    undoable: move.undoable,
    // a new wish has ended the search and the look at the sites
    ...(move.cause !== 'improve' && { improving: null, weighing: null, refusal: null }),
    ...(isChange(move) && { move, moveSites: byId(sites), moveSeconds: seconds, weighing: null }),
  });
  afterPaint(showWaiting);
}

/** A search that found nothing new leaves the last change on the screen. */
function isChange({ cause, difference }: PlanMove): boolean {
  if (cause !== 'improve') return true;
  return difference !== null && difference.opened.length + difference.closed.length > 0;
}

/** What was changed meanwhile stays changed in the form. */
function withWaiting(choice: PlanChoice): PlanChoice {
  return Object.assign({ ...choice }, ...waiting.map((wish) => (wish.kind === 'change' ? wish.change : {})));
}

/** The plan stays as it was, and so does what it was chosen by. */
function takeRefusal(code: string, found: PreviewFailure['found']): void {
  endWaiting();
  previewStore.set(({ choice, shownChoice }) => ({
    stage: 'ready',
    improving: null,
    weighing: null,
    choice: shownChoice === null ? choice : withWaiting(shownChoice),
    refusal: code === 'CLIENT_NOTHING_TO_UNDO' ? null : { code, found },
  }));
  sendNext();
}

function takeResult({ choice, result, sites, seconds }: Message<'result'>): void {
  const before = previewStore.get();
  endWaiting();
  previewStore.set({
    stage: 'ready',
    progress: null,
    failure: null,
    shownChoice: choice,
    result,
    sitesById: byId(sites),
    seconds,
    version: before.version + 1,
    isShown: true,
  });
  if (before.result === null) {
    clearFocus();
    showBottom('items');
  } else {
    focusStore.set({ patchId: null });
  }
  sendNext();
}

function byId(sites: readonly Site[]): ReadonlyMap<string, Site> {
  return new Map(sites.map((site) => [site.id, site]));
}

/** The search of limits speaks of shares first; only yuan are told here. */
function improvingOf(news: Message<'improving'>['news'], before: Improving | null): Improving | null {
  if (news === null) return null;
  return {
    stage: news.stage,
    round: news.round,
    done: news.done,
    total: news.total,
    costCny: news.cost ?? before?.costCny ?? null,
    boundCny: news.bound ?? before?.boundCny ?? null,
    isStopping: before?.isStopping ?? false,
  };
}

function takeWeighing(message: Message<'weighing'> | Message<'weighed'>): void {
  const { weighing } = previewStore.get();
  if (weighing === null) return;
  if (message.kind === 'weighing')
    previewStore.set({ weighing: { ...weighing, done: message.done, total: message.total } });
  else
    previewStore.set({
      weighing: message.sensitivity === null ? null : { ...weighing, sensitivity: message.sensitivity },
    });
}

function fail(failure: PreviewFailure): void {
  runner?.end();
  runner = null;
  waiting = [];
  endWaiting();
  previewStore.set({
    stage: 'failed',
    failure,
    progress: null,
    result: null,
    improving: null,
    weighing: null,
    isShown: false,
  });
}
