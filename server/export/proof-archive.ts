// A plan with everything that proves it, under the names that `npm run plan:check` reads: unpacked it is a folder like one that
// `npm run plan` wrote.
import { strToU8, zipSync } from 'fflate';
import type { PlanProof } from '../../engine/index.ts';

/** `plan`: the GeoJSON of its rows. Prices hardly shrink, so they are packed fast. */
export function encodeProofArchive(plan: string, { file, prices, phases }: PlanProof): Uint8Array {
  return zipSync(
    {
      'plan.geojson': strToU8(plan),
      'certificate.json': strToU8(`${JSON.stringify(file)}\n`),
      ...(prices && { 'prices.bin': prices }),
      ...(phases && {
        'phases.json': strToU8(`${JSON.stringify(phases.file)}\n`),
        'phase-prices.bin': phases.prices,
      }),
    },
    { level: 1 },
  );
}
