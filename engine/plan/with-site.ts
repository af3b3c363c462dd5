// A prepared coverage with one site moved, edited or added: only that site is computed again, everything else is kept.
// Its place in the list stays, so blocks keep their numbers; a plan does not depend on the order of the list.
import { computeFootprints, makeBlockMaker, makeReachCounts } from '../coverage/compute-footprints.ts';
import { BLOCK_BITS, BLOCK_SITES, type FootprintBlock, type Footprints } from '../coverage/footprints.ts';
import type { StationPlace } from '../coverage/station-place.ts';
import { HIGHEST_ANTENNA_M } from '../coverage/station-tables.ts';
import type { PlanInput } from '../model/plan.ts';
import type { Site } from '../model/site.ts';
import {
  countSite,
  existingById,
  inReach,
  type PreparedCoverage,
  placeOf,
  withFootprints,
  withInput,
} from './prepare-coverage.ts';
import { findReuse, joinFootprints, keepLevels } from './reuse-footprints.ts';

/** Milliseconds for a district. Throws COVERAGE_NO_SITES and COVERAGE_SITE_HEIGHT when no usable site is left. */
export function withSite(prepared: PreparedCoverage, site: Site): PreparedCoverage {
  const { forms, zone } = prepared;
  const others = prepared.input.sites.filter((other) => other.id !== site.id);
  const input = { ...prepared.input, sites: [...others, site] };
  if (input.configurations.length > 0) return withSites(prepared, input);
  const known = prepared.siteIndexes.get(site.id);
  const wasIdle = known === undefined && others.length < prepared.input.sites.length;
  if (wasIdle || !takesPart(prepared, site)) return withSites(prepared, input);
  const index = known ?? prepared.sites.length;
  const sites = [...prepared.sites];
  const places = [...prepared.places];
  sites[index] = site;
  places[index] = placeOf(site, forms, zone);
  const siteLevels = new Map(prepared.siteLevels);
  siteLevels.delete(index);
  const footprints = changedFootprints(prepared, places[index]!, index);
  const candidatesAtBin = prepared.candidatesAtBin.slice();
  if (known !== undefined && prepared.sites[known]!.status !== 'existing')
    countSite(prepared.footprints, known, candidatesAtBin, -1);
  if (site.status !== 'existing') countSite(footprints, index, candidatesAtBin, 1);
  const ground = {
    ...prepared,
    input,
    sites,
    configurationOf: sites.map(() => null),
    names: sites.map(({ id }) => id),
    places,
    siteIndexes:
      known === undefined ? new Map([...prepared.siteIndexes, [site.id, index]]) : prepared.siteIndexes,
    existing: existingById(sites),
    siteLevels,
  };
  return withFootprints(ground, footprints, sites.length - 1, candidatesAtBin);
}

/** Any list of sites on the ground that is prepared: also for sites that leave the list or come back to it. */
export function withSites(prepared: PreparedCoverage, input: PlanInput): PreparedCoverage {
  const ground = withInput(prepared, input);
  const reuse = findReuse(prepared, ground);
  const { model } = prepared;
  const fresh = computeFootprints(
    model,
    reuse.fresh.map((site) => ground.places[site]!),
  );
  const gone = computeFootprints(model, reuse.gone);
  keepLevels(prepared, reuse, ground.siteLevels);
  const footprints = joinFootprints(prepared.footprints, reuse, fresh, gone);
  return withFootprints(ground, footprints, ground.sites.length - reuse.fresh.length);
}

/** Whether the site belongs into the list of a preparation. */
function takesPart({ forms, zone, input }: PreparedCoverage, site: Site): boolean {
  const isUsable = site.status !== 'unavailable' && site.heightM > 0 && site.heightM <= HIGHEST_ANTENNA_M;
  return isUsable && inReach([{ site, configuration: null }], forms, zone, input.areas).length > 0;
}

function changedFootprints(prepared: PreparedCoverage, place: StationPlace, index: number): Footprints {
  const { model, footprints, places } = prepared;
  const before = makeReachCounts(footprints.binCount);
  const after = makeReachCounts(footprints.binCount);
  const old = places[index];
  if (old) makeBlockMaker(model, before)([old]);
  const made = makeBlockMaker(model, after)([place]);
  const blocks = [...footprints.blocks];
  const at = index >> BLOCK_BITS;
  const block = blocks[at];
  blocks[at] = block ? replaced(block, index & (BLOCK_SITES - 1), made) : made;
  const near = footprints.near.slice();
  const seen = footprints.seen.slice();
  for (let bin = 0; bin < near.length; bin++) {
    near[bin] = near[bin]! + after.near[bin]! - before.near[bin]!;
    seen[bin] = seen[bin]! + after.seen[bin]! - before.seen[bin]!;
  }
  return {
    binCount: footprints.binCount,
    siteCount: Math.max(footprints.siteCount, index + 1),
    blocks,
    near,
    seen,
  };
}

/** The block with one of its sites, or a new last one, taken from a block of one. */
function replaced(block: FootprintBlock, local: number, one: FootprintBlock): FootprintBlock {
  const isNew = local === block.sites;
  const fromSpan = block.spanStarts[local]!;
  const toSpan = isNew ? fromSpan : block.spanStarts[local + 1]!;
  const fromGrade = block.gradeStarts[local]!;
  const toGrade = isNew ? fromGrade : block.gradeStarts[local + 1]!;
  const sites = isNew ? block.sites + 1 : block.sites;
  const shifted = (starts: Uint32Array, added: number, removed: number): Uint32Array => {
    const next = new Uint32Array(sites + 1);
    for (let site = 0; site <= sites; site++) {
      next[site] = site <= local ? starts[site]! : starts[isNew ? local : site]! + added - removed;
    }
    return next;
  };
  return {
    sites,
    spanStarts: shifted(block.spanStarts, one.spanFirst.length, toSpan - fromSpan),
    gradeStarts: shifted(block.gradeStarts, one.grades.length, toGrade - fromGrade),
    spanFirst: spliced(block.spanFirst, fromSpan, toSpan, one.spanFirst),
    spanLength: spliced(block.spanLength, fromSpan, toSpan, one.spanLength),
    grades: spliced(block.grades, fromGrade, toGrade, one.grades),
  };
}

function spliced<T extends Uint8Array | Uint32Array>(from: T, start: number, end: number, put: T): T {
  const made = new (from.constructor as new (length: number) => T)(from.length - (end - start) + put.length); // same kind
  made.set(from.subarray(0, start), 0);
  made.set(put, start);
  made.set(from.subarray(end), start + put.length);
  return made;
}
