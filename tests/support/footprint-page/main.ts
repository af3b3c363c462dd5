// A page that computes footprints and plan of the input it is given, alone and with the preview's own crew of web workers, and
// leaves their digests where the test looks for them. Also: how soon an ended preview is gone.
import { startCoverageCrew } from '../../../client/preview/start-coverage-crew.ts';
import {
  computeFootprintsWith,
  decodePlanInput,
  encodeRaster,
  makePlan,
  type PlanChoice,
  prepareCoverage,
} from '../../../engine/index.ts';
import { footprintDigest } from '../footprint-digest.ts';

export interface FootprintAnswer {
  readonly alone: string;
  /** By crew size. */
  readonly crews: Readonly<Record<string, string>>;
  /** The plan without its raster, as JSON text, and the raster's SHA-256. */
  readonly plan: string;
  readonly raster: string;
  readonly userAgent: string;
}

const input = decodePlanInput(new Uint8Array(await (await fetch('/input.bin')).arrayBuffer()));
const choice = (await (await fetch('/choice.json')).json()) as PlanChoice;

const prepared = prepareCoverage(input);
const crews: Record<string, string> = {};
for (const size of [2, 3]) {
  const crew = startCoverageCrew(size);
  const together = await computeFootprintsWith(crew.threads, prepared.model, prepared.places);
  crew.end();
  crews[crew.threads.length] = footprintDigest(together);
}
const { raster, ...plan } = makePlan(prepared, choice);
const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(encodeRaster(raster)));

(window as { answer?: unknown }).answer = {
  alone: footprintDigest(prepared.footprints),
  crews,
  plan: JSON.stringify(plan),
  raster: Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join(''),
  userAgent: navigator.userAgent,
} satisfies FootprintAnswer;
