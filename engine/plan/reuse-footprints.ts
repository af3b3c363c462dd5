// Footprints of an edited list of sites: those of sites that stand where they stood are copied, the others are computed. The
// list is ordered as a fresh one would be, so blocks and counts come out byte for byte as if all had been computed.
import type { ReachCounts } from '../coverage/compute-footprints.ts';
import { BLOCK_BITS, BLOCK_SITES, type FootprintBlock, type Footprints } from '../coverage/footprints.ts';
import type { StationPlace } from '../coverage/station-place.ts';
import type { PreparedCoverage, PreparedGround } from './prepare-coverage.ts';

export interface Reuse {
  /** Per site its index in the kept list, or -1. */
  readonly keptIndex: Int32Array;
  /** Indexes of the sites to compute, in order. */
  readonly fresh: readonly number[];
  /** Places of kept sites that went away or moved: their counts are taken back. */
  readonly gone: readonly StationPlace[];
}

/** Everything is fresh when that is not dearer. Both must stand on the same ground. */
export function findReuse(kept: PreparedCoverage, ground: PreparedGround): Reuse {
  const keptIndex = new Int32Array(ground.sites.length).fill(-1);
  const fresh: number[] = [];
  const stays = new Uint8Array(kept.sites.length);
  ground.names.forEach((name, index) => {
    const known = kept.siteIndexes.get(name);
    if (known === undefined || !samePlace(kept.places[known]!, ground.places[index]!)) {
      fresh.push(index);
      return;
    }
    keptIndex[index] = known;
    stays[known] = 1;
  });
  const gone = kept.places.filter((_, index) => stays[index] === 0);
  if (fresh.length + gone.length < ground.sites.length) return { keptIndex, fresh, gone };
  return { keptIndex: keptIndex.fill(-1), fresh: ground.sites.map((_, index) => index), gone: [] };
}

function samePlace(one: StationPlace, other: StationPlace): boolean {
  return (
    one.eastM === other.eastM &&
    one.northM === other.northM &&
    one.heightM === other.heightM &&
    one.form === other.form
  );
}

/** `fresh` are the footprints of `reuse.fresh`, `gone` the counts of `reuse.gone`. */
export function joinFootprints(
  kept: Footprints,
  { keptIndex, fresh: freshSites }: Reuse,
  fresh: Footprints,
  gone: ReachCounts,
): Footprints {
  if (freshSites.length === keptIndex.length) return fresh;
  const { binCount } = kept;
  const freshIndex = new Map(freshSites.map((site, index) => [site, index]));
  const partOf = (site: number): SitePart =>
    keptIndex[site]! >= 0 ? partAt(kept, keptIndex[site]!) : partAt(fresh, freshIndex.get(site)!);
  const siteCount = keptIndex.length;
  const blocks: FootprintBlock[] = [];
  for (let first = 0; first < siteCount; first += BLOCK_SITES) {
    const end = Math.min(siteCount, first + BLOCK_SITES);
    const whole = wholeBlock(kept, keptIndex, first, end);
    blocks.push(whole ?? joinParts(Array.from({ length: end - first }, (_, local) => partOf(first + local))));
  }
  const near = new Uint16Array(binCount);
  const seen = new Uint16Array(binCount);
  for (let bin = 0; bin < binCount; bin++) {
    near[bin] = kept.near[bin]! + fresh.near[bin]! - gone.near[bin]!;
    seen[bin] = kept.seen[bin]! + fresh.seen[bin]! - gone.seen[bin]!;
  }
  return { binCount, siteCount, blocks, near, seen };
}

/** Levels of sites that stay, into the list of the new ground. */
export function keepLevels(
  kept: PreparedCoverage,
  { keptIndex }: Reuse,
  siteLevels: PreparedCoverage['siteLevels'],
): void {
  keptIndex.forEach((known, site) => {
    const levels = kept.siteLevels.get(known);
    if (levels) siteLevels.set(site, levels);
  });
}

/** The kept block when these sites are all of it, in its order. */
function wholeBlock(
  kept: Footprints,
  keptIndex: Int32Array,
  first: number,
  end: number,
): FootprintBlock | null {
  const start = keptIndex[first]!;
  if (start < 0 || start % BLOCK_SITES !== 0) return null;
  for (let site = first; site < end; site++) if (keptIndex[site] !== start + site - first) return null;
  const block = kept.blocks[start >> BLOCK_BITS]!;
  return block.sites === end - first ? block : null;
}

/** Where one site's spans and grades lie. */
interface SitePart {
  readonly block: FootprintBlock;
  readonly local: number;
}

function partAt(footprints: Footprints, index: number): SitePart {
  return { block: footprints.blocks[index >> BLOCK_BITS]!, local: index & (BLOCK_SITES - 1) };
}

function joinParts(parts: readonly SitePart[]): FootprintBlock {
  const spanStarts = new Uint32Array(parts.length + 1);
  const gradeStarts = new Uint32Array(parts.length + 1);
  parts.forEach(({ block, local }, index) => {
    spanStarts[index + 1] = spanStarts[index]! + block.spanStarts[local + 1]! - block.spanStarts[local]!;
    gradeStarts[index + 1] = gradeStarts[index]! + block.gradeStarts[local + 1]! - block.gradeStarts[local]!;
  });
  const spanFirst = new Uint32Array(spanStarts[parts.length]!);
  const spanLength = new Uint8Array(spanFirst.length);
  const grades = new Uint8Array(gradeStarts[parts.length]!);
  parts.forEach(({ block, local }, index) => {
    const [fromSpan, toSpan] = [block.spanStarts[local]!, block.spanStarts[local + 1]!];
    spanFirst.set(block.spanFirst.subarray(fromSpan, toSpan), spanStarts[index]!);
    spanLength.set(block.spanLength.subarray(fromSpan, toSpan), spanStarts[index]!);
    grades.set(
      block.grades.subarray(block.gradeStarts[local]!, block.gradeStarts[local + 1]!),
      gradeStarts[index]!,
    );
  });
  return { sites: parts.length, spanStarts, gradeStarts, spanFirst, spanLength, grades };
}
