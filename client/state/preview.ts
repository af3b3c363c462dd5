// The preview in the browser: fetch the inputs, compute in the worker, show, choose again, put away. Never saved, and
// never mixed with a saved plan: `isShown` says which of the two the screen speaks of.
import { useEffect, useState } from 'react';
import {
  type CoverageLayer,
  choiceRulesOf,
  type LonLat,
  type PlanChoice,
  type PlanProgress,
  type Site,
} from '../../engine/index.ts';
import type { CoverageRuleJson } from '../../server/contract/catalogue.ts';
import type { NewPlanJson } from '../../server/contract/plans.ts';
import { fetchPlanInput } from '../api/plans.ts';
import type { PreviewExplanation, PreviewResult } from '../preview/preview-messages.ts';
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

interface Preview {
  readonly stage: Stage;
  readonly progress: PlanProgress | null;
  readonly failure: PreviewFailure | null;
  readonly request: NewPlanJson | null;
  readonly choice: PlanChoice | null;
  readonly result: PreviewResult | null;
  readonly sitesById: ReadonlyMap<string, Site>;
  readonly seconds: number;
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
  result: null,
  sitesById: new Map(),
  seconds: 0,
  version: 0,
  isShown: false,
};

export const previewStore = makeStore<Preview>(nothing);

let runner: PreviewRunner | null = null;
let fetching: AbortController | null = null;
let waiting: PlanChoice | null = null;

/** Starts over with these inputs. `rule` is the row of the rule table that the request names. */
export async function runPreview(request: NewPlanJson, rule: CoverageRuleJson): Promise<void> {
  closePreview();
  const abort = new AbortController();
  fetching = abort;
  const choice = choiceOf(request, rule);
  previewStore.set({ stage: 'fetching', request, choice });
  try {
    const input = await fetchPlanInput(request, abort.signal);
    if (abort.signal.aborted) return;
    previewStore.set({ stage: 'computing' });
    runner = startRunner(input, choice, {
      onProgress: (progress) => previewStore.set({ progress }),
      onResult: takeResult,
      onFailure: (code, found) => fail({ error: null, code, found }),
    });
  } catch (error) {
    if (!abort.signal.aborted) fail({ error, code: null, found: {} });
  }
}

/** Another share, budget or set of struck sites over the coverage that is kept; the last wish wins. */
export function changePreview(change: Partial<PlanChoice>): void {
  const { choice, stage } = previewStore.get();
  if (runner === null || choice === null) return;
  const next = { ...choice, ...change };
  previewStore.set({ choice: next });
  if (stage === 'ready') {
    previewStore.set({ stage: 'choosing' });
    runner.choose(next);
  } else {
    waiting = next;
  }
}

/** Leaves one site out and chooses again. */
export function strikeInPreview(siteId: string): void {
  const { choice } = previewStore.get();
  if (choice === null) return;
  changePreview({
    refusedSiteIds: [...new Set([...choice.refusedSiteIds, siteId])],
    lockedSiteIds: choice.lockedSiteIds.filter((id) => id !== siteId),
  });
}

/** Stops whatever runs and puts the result away. */
export function closePreview(): void {
  fetching?.abort();
  fetching = null;
  runner?.end();
  runner = null;
  waiting = null;
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

function takeResult(result: PreviewResult, sites: readonly Site[], seconds: number): void {
  const before = previewStore.get();
  previewStore.set({
    stage: 'ready',
    progress: null,
    failure: null,
    result,
    sitesById: new Map(sites.map((site) => [site.id, site])),
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
  if (waiting !== null) {
    const next = waiting;
    waiting = null;
    previewStore.set({ stage: 'choosing' });
    runner?.choose(next);
  }
}

function fail(failure: PreviewFailure): void {
  runner?.end();
  runner = null;
  previewStore.set({ stage: 'failed', failure, progress: null, result: null, isShown: false });
}
