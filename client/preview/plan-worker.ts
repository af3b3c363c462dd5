// The engine in a web worker: the same code as on the server, for a quick look. Coverage is computed once and kept, so
// that a changed share or a struck site costs only the choice. Cancelling is ending the worker, and its crew with it:
// nothing here is saved.
import {
  decodePlanInput,
  explainSite,
  makePlan,
  type PlanChoice,
  type PlanInput,
  PlanningError,
  type PlanResult,
  type ProvenPlan,
  type PreparedCoverage,
  paintCoverageTile,
  prepareCoverageWith,
  type Site,
  type SiteExplanation,
} from '../../engine/index.ts';
import type { FromPreview, ToPreview } from './preview-messages.ts';
import { type CoverageCrew, startCoverageCrew } from './start-coverage-crew.ts';

/** What a tab may take before the browser ends it without a word. */
const MEMORY_MB = 2048;

interface Kept {
  readonly input: PlanInput;
  readonly prepared: PreparedCoverage;
  readonly sitesById: ReadonlyMap<string, Site>;
}

let kept: Kept | null = null;
let shown: { readonly choice: PlanChoice; readonly result: ProvenPlan } | null = null;
let lastNewsMs = 0;
/** One message after the other, also while a crew is waited for. */
let turn = Promise.resolve();

self.addEventListener('message', ({ data }: MessageEvent<ToPreview>) => {
  turn = turn.then(() => answer(data));
});

async function answer(message: ToPreview): Promise<void> {
  try {
    if (message.kind === 'start') await start(message.input, message.choice);
    else if (message.kind === 'choose') choose(message.choice, performance.now());
    else if (message.kind === 'tile') paint(message);
    else explain(message);
  } catch (error) {
    if (message.kind === 'tile') say({ kind: 'tile', id: message.id, rgba: null });
    else if (message.kind === 'explain') say({ kind: 'explained', id: message.id, explanation: null });
    else if (error instanceof PlanningError) say({ kind: 'failed', code: error.code, found: error.found });
    else say({ kind: 'failed', code: 'CLIENT_UNEXPECTED', found: { detail: String(error) } });
  }
}

async function start(bytes: Uint8Array, choice: PlanChoice): Promise<void> {
  const startedMs = performance.now();
  const input = decodePlanInput(bytes);
  const prepared = await prepare(input);
  kept = { input, prepared, sitesById: new Map(input.sites.map((site) => [site.id, site])) };
  choose(choice, startedMs);
}

async function prepare(input: PlanInput): Promise<PreparedCoverage> {
  let crew: CoverageCrew | null = null;
  const startCrew = () => {
    crew ??= startCoverageCrew(navigator.hardwareConcurrency);
    return crew.threads;
  };
  try {
    return await prepareCoverageWith({ startCrew, memoryMb: MEMORY_MB }, input, report);
  } finally {
    (crew as CoverageCrew | null)?.end(); // set in a callback, which the compiler does not see
  }
}

function choose(choice: PlanChoice, startedMs: number): void {
  if (kept === null) return;
  const result = makePlan(kept.prepared, choice, report);
  shown = { choice, result };
  const { raster: _kept, proof: _proof, ...rest } = result;
  const sites = namedSites(result, kept.sitesById);
  say({ kind: 'result', result: rest, sites, seconds: (performance.now() - startedMs) / 1000 });
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
  const reply = explainSite(kept.input, shown.choice, shown.result.raster, siteId);
  say({
    kind: 'explained',
    id,
    explanation: {
      site: kept.sitesById.get(siteId) ?? null,
      whyNot: reply.whyNot,
      link: { ...profileOrRefusal(() => reply.linkProfile(receiver ?? undefined)), exposure: reply.exposure },
    },
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
