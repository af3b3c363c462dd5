// The fingerprint of a plan: SHA-256 over every input in canonical order, the choice, the equipment and the engine version.
// The order in which sites, areas, districts, roads or refusals were listed does not matter; anything else does.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { findEquipmentProfile } from '../model/equipment-profile.ts';
import type { PlanChoice, PlanInput } from '../model/plan.ts';
import { ENGINE_VERSION } from './engine-version.ts';
import { encodePlanInput, plainSite } from './plan-input-bytes.ts';

/** 64 hex digits. Equal fingerprints mean equal plans. Takes about a second per 100 MB of buildings. */
export function fingerprintOf(input: PlanInput, choice: PlanChoice): string {
  return fingerprintWith(digestInput(input), choice);
}

/** The part of the fingerprint that stays the same while only the choice changes. */
export function digestInput(input: PlanInput, groundDigest: Uint8Array = digestGround(input)): Uint8Array {
  const sites = JSON.stringify(sortedBy(input.sites, (site) => site.id).map(plainSite));
  return sha256.create().update(groundDigest).update(utf8ToBytes(sites)).digest();
}

/** Everything but the sites: what stays the same while sites are edited. */
export function digestGround(input: PlanInput): Uint8Array {
  const canonical: PlanInput = {
    ...input,
    sites: [],
    areas: sortedBy(input.areas, (area) => area.id),
    districts: sortedBy(input.districts, (district) => district.code),
    excluded: sortedBy(input.excluded, (ground) => JSON.stringify(ground.coordinates)),
    terrain: sortedBy(input.terrain, (raster) => raster.id),
    clutter: sortedBy(input.clutter, (raster) => raster.id),
    roads: sortedBy(input.roads, ({ name, roadClass, path }) => JSON.stringify([name, roadClass, path])),
    keyAreas: sortedBy(input.keyAreas, ({ geometry, factor }) =>
      JSON.stringify([factor, geometry.coordinates]),
    ),
  };
  const profile = JSON.stringify(findEquipmentProfile(input.profileId) ?? null);
  return sha256.create().update(utf8ToBytes(profile)).update(encodePlanInput(canonical)).digest();
}

export function fingerprintWith(inputDigest: Uint8Array, choice: PlanChoice): string {
  const { word, targetShare, thresholdDbm } = choice.rule;
  const text = JSON.stringify({
    engine: ENGINE_VERSION,
    input: bytesToHex(inputDigest),
    rule: { word, targetShare, thresholdDbm },
    targetShare: choice.targetShare,
    budgetCny: choice.budgetCny,
    maxSites: choice.maxSites,
    refused: [...new Set(choice.refusedSiteIds)].sort(),
    locked: [...new Set(choice.lockedSiteIds)].sort(),
    areaShares: sortedBy(choice.areaShares, ({ areaId }) => areaId),
    quotas: sortedBy(choice.quotas, (quota) => JSON.stringify(quota)),
    spacing: choice.spacing,
    siteOrder: choice.siteOrder,
    phases: choice.phases,
    effort: choice.effort,
    keep: choice.keepSiteIds === null ? null : [...new Set(choice.keepSiteIds)].sort(),
  });
  return bytesToHex(sha256(utf8ToBytes(text)));
}

function sortedBy<T>(values: readonly T[], key: (value: T) => string): T[] {
  return values
    .map((value) => ({ value, key: key(value) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ value }) => value);
}
