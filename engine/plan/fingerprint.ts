// The fingerprint of a plan: SHA-256 over every input in canonical order, the choice, the equipment and the engine version.
// The order in which sites, areas, districts, roads, corridors or refusals were listed does not matter; anything else does.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { findEquipmentProfile } from '../model/equipment-profile.ts';
import type { Corridor, PlanChoice, PlanInput } from '../model/plan.ts';
import type { PlanScenario } from '../model/plan-scenario.ts';
import { ENGINE_VERSION } from './engine-version.ts';
import { encodePlanInput, plainCorridor, plainSite } from './plan-input-bytes.ts';

/** 64 hex digits. Equal fingerprints mean equal plans. Takes about a second per 100 MB of buildings. */
export function fingerprintOf(input: PlanInput, choice: PlanChoice): string {
  return fingerprintWith(digestInput(input), choice);
}

/** The part of the fingerprint that stays the same while only the choice changes. */
export function digestInput(input: PlanInput, groundDigest: Uint8Array = digestGround(input)): Uint8Array {
  const sites = JSON.stringify(sortedBy(input.sites, (site) => site.id).map(plainSite));
  const hash = sha256.create().update(groundDigest).update(utf8ToBytes(sites));
  // left out when empty, so that inputs without them keep their fingerprint
  if (input.corridors.length > 0) hash.update(utf8ToBytes(JSON.stringify(sortedCorridors(input.corridors))));
  return hash.digest();
}

function sortedCorridors(corridors: readonly Corridor[]): Corridor[] {
  return sortedBy(
    corridors.map(plainCorridor).map((corridor) => ({
      ...corridor,
      lines: sortedBy(corridor.lines, (line) => JSON.stringify(line)),
    })),
    ({ id }) => id,
  );
}

/** Everything but sites and corridors: what stays the same while those are edited. */
export function digestGround(input: PlanInput): Uint8Array {
  const canonical: PlanInput = {
    ...input,
    sites: [],
    corridors: [],
    areas: sortedBy(input.areas, (area) => area.id),
    districts: sortedBy(input.districts, (district) => district.code),
    excluded: sortedBy(input.excluded, (ground) => JSON.stringify(ground.coordinates)),
    terrain: sortedBy(input.terrain, (raster) => raster.id),
    clutter: sortedBy(input.clutter, (raster) => raster.id),
    roads: sortedBy(input.roads, ({ name, roadClass, path }) => JSON.stringify([name, roadClass, path])),
    configurations: sortedBy(input.configurations, ({ id }) => id),
    keyAreas: sortedBy(input.keyAreas, ({ geometry, factor }) =>
      JSON.stringify([factor, geometry.coordinates]),
    ),
  };
  const profile = JSON.stringify(findEquipmentProfile(input.profileId) ?? null);
  const hash = sha256.create().update(utf8ToBytes(profile)).update(encodePlanInput(canonical));
  // left out without them, so that inputs without configurations keep their fingerprint
  for (const { profileId } of canonical.configurations)
    if (profileId !== null) hash.update(utf8ToBytes(JSON.stringify(findEquipmentProfile(profileId) ?? null)));
  return hash.digest();
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
    ...(choice.servers && { servers: [choice.servers.least, choice.servers.counts] }),
    ...(choice.corridorShares.length > 0 && {
      corridorShares: sortedBy(
        choice.corridorShares.map(({ corridorId, share }) => [corridorId, share] as const),
        ([corridorId]) => corridorId,
      ),
    }),
    ...(choice.scenarios.length > 0 && { scenarios: choice.scenarios.map(plainScenarioOf) }),
  });
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** Fields in one order, whatever a request has beside them. The order of scenarios counts: rows and targets follow it. */
function plainScenarioOf({
  id,
  name,
  thresholdDeltaDb,
  shadowSigmaDeltaDb,
  weightBy,
  priceFactors,
}: PlanScenario) {
  const factors = (priceFactors ?? []).map(({ by, value, factor }) => ({ by, value, factor }));
  return { id, name, thresholdDeltaDb, shadowSigmaDeltaDb, weightBy, priceFactors: factors };
}

function sortedBy<T>(values: readonly T[], key: (value: T) => string): T[] {
  return values
    .map((value) => ({ value, key: key(value) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ value }) => value);
}
