// Whether two inputs differ in nothing but their sites and corridors, in the order they are listed: then grid, surface and the footprints of
// sites that stayed are the same. Compares bytes, which is several times faster than two digests.
import type { PlanInput } from '../model/plan.ts';
import { encodePlanInput } from './plan-input-bytes.ts';

/** Takes the bytes of both inputs for a moment. */
export function sameGround(one: PlanInput, other: PlanInput): boolean {
  if (one === other) return true;
  const bytes = encodePlanInput({ ...one, sites: [], corridors: [] });
  const others = encodePlanInput({ ...other, sites: [], corridors: [] });
  return bytes.length === others.length && bytes.every((byte, at) => byte === others[at]);
}
