// One site of a finished plan, looked at again: why it is not in the plan, and the link budget to a place.
// Works from the stored raster and the buildings around the site alone, so an answer takes milliseconds, not a plan run.

import { computeLinkBudget } from '../coverage/compute-link-budget.ts';
import { computeLinkProfile } from '../coverage/compute-link-profile.ts';
import { computeSiteLevels } from '../coverage/compute-site-levels.ts';
import { equipmentOf, makeCoverageModel } from '../coverage/coverage-model.ts';
import type { SiteLevels } from '../coverage/footprints.ts';
import { FULL_GRADE_VALUE, GRADE_VALUE, HALF_GRADE } from '../coverage/probability-grades.ts';
import { screenExposure } from '../coverage/screen-exposure.ts';
import type { StationPlace } from '../coverage/station-place.ts';
import { growBox } from '../geo/box.ts';
import { type LocalZone, localZone } from '../geo/local-zone.ts';
import type { DemandGrid } from '../grid/demand-grid.ts';
import { makeDemandGrid } from '../grid/make-demand-grid.ts';
import { findEquipmentProfile } from '../model/equipment-profile.ts';
import type { ExposureScreening } from '../model/exposure-screening.ts';
import type { LonLat } from '../model/geometry.ts';
import type { LinkBudget } from '../model/link-budget.ts';
import type { LinkProfile } from '../model/link-profile.ts';
import type { CoverageRaster, PlanChoice, PlanInput, ServerDuty } from '../model/plan.ts';
import { PlanningError } from '../model/planning-error.ts';
import type { Site } from '../model/site.ts';
import type { ChosenConfiguration } from '../model/site-configuration.ts';
import { chosenConfiguration, configureSites } from './configure-sites.ts';
import { NO_GRADE, NO_SERVER } from './make-raster.ts';
import { placeOf, surfaceOf } from './prepare-coverage.ts';
import { fullWorthOfServers, worthOfServers } from './servers-problem.ts';
import { makeStationForms } from './station-forms.ts';

export type WhyNotReason = 'refused' | 'no-gain' | 'too-dear' | 'outside' | 'unavailable';

export interface WhyNot {
  readonly reason: WhyNotReason;
  /** Weight share it would still add to the finished plan. */
  readonly remainingGainShare: number;
  /** Yuan per percentage point now, null when it adds nothing. */
  readonly costPerPointCny: number | null;
  /** Open sites that serve its bins best, most bins first. */
  readonly coveredBySiteIds: readonly string[];
}

export interface SiteExplanation {
  /** What the figures are of: that of the plan, or of a site not in it the one with the most gain per yuan; null: as listed. */
  readonly configuration: ChosenConfiguration | null;
  /** Its price then. */
  readonly costCny: number;
  /** `null` for a site of the plan. */
  readonly whyNot: WhyNot | null;
  /** To the receiver, or to the farthest bin the site covers; null when it reaches no bin or the receiver is too far away. */
  readonly linkBudget: (receiver?: LonLat) => LinkBudget | null;
  /** The same as a drawing; throws COVERAGE_RECEIVER_FAR and COVERAGE_RECEIVER_NEAR, null when it reaches no bin. */
  readonly linkProfile: (receiver?: LonLat) => SiteLinkProfile | null;
  /** Public exposure in its main beam. */
  readonly exposure: ExposureScreening;
}

/** A profile and where on the map it ends. */
export interface SiteLinkProfile extends LinkProfile {
  readonly position: LonLat;
}

const NAME_AT_MOST = 5;
/** Beyond the largest service radius: a bin at its edge still needs the roofs around its receiver. */
const MARGIN_M = 100;

/**
 * `configurationId`: that of the plan's row; null for a site that is not in it, of which the best is taken. Throws RangeError when the input has no such site,
 * COVERAGE_PROFILE_UNKNOWN for an unknown profile.
 */
export function explainSite(
  input: PlanInput,
  choice: PlanChoice,
  raster: CoverageRaster,
  siteId: string,
  configurationId: string | null = null,
): SiteExplanation {
  const listed = input.sites.find((candidate) => candidate.id === siteId);
  if (!listed) throw new RangeError(`the plan input has no site ${siteId}`);
  const profile = findEquipmentProfile(input.profileId);
  if (!profile) throw new PlanningError('COVERAGE_PROFILE_UNKNOWN', { profileId: input.profileId });

  const zone = localZone(raster.epsg);
  const forms = makeStationForms(profile, input.radio, input.configurations);
  const reachM = forms.reachM + MARGIN_M;
  const around = growBox([...listed.position, ...listed.position], reachM);
  const surface = surfaceOf(input, zone, around);
  const grid = makeDemandGrid({
    areas: input.areas.map((area) => area.geometry),
    excluded: input.excluded,
    zone,
    binSizeM: input.binSizeM,
    demand: input.demand,
    weightBy: input.weightBy,
    roads: input.roads,
    keyAreas: input.keyAreas,
    outdoor: surface,
  });
  const model = makeCoverageModel({ grid, surface, profile, thresholdDbm: input.thresholdDbm });
  const inPlan = raster.siteIds.includes(siteId);
  const ways = configureSites([listed], input.configurations);
  const own = ways.filter(({ configuration }) => (configuration?.id ?? null) === configurationId);
  const looks = (own.length > 0 ? own : ways).map((way) => {
    const place = placeOf(way.site, forms, zone, way.configuration);
    const levels = computeSiteLevels(model, place);
    return { ...way, place, levels, ...compareWithPlan(grid, raster, levels, choice.servers) };
  });
  const best = looks.reduce((a, b) => (yuanPerGain(b) < yuanPerGain(a) ? b : a));
  const { site, place, levels, remainingGainShare, coveredBySiteIds } = best;
  const reason: WhyNotReason =
    site.status === 'unavailable'
      ? 'unavailable'
      : choice.refusedSiteIds.includes(siteId)
        ? 'refused'
        : !levels.grade.some((grade) => grade > 0)
          ? 'outside'
          : remainingGainShare > 0 || best.isPartlyAlone
            ? 'too-dear'
            : 'no-gain';
  const costPerPointCny =
    remainingGainShare > 0 ? Math.round(site.costCny / (100 * remainingGainShare)) : null;
  return {
    configuration: chosenConfiguration(best, profile.id),
    costCny: site.costCny,
    whyNot: inPlan ? null : { reason, remainingGainShare, costPerPointCny, coveredBySiteIds },
    linkBudget: (receiver) => {
      const end = endOf(grid, zone, place, levels, receiver);
      return end && awayM(place, end) <= reachM ? computeLinkBudget(model, place, end, siteId) : null;
    },
    linkProfile: (receiver) => {
      const end = endOf(grid, zone, place, levels, receiver);
      if (!end) return null;
      const distanceM = Math.round(awayM(place, end));
      if (!(distanceM <= reachM))
        throw new PlanningError('COVERAGE_RECEIVER_FAR', { distanceM, mostM: reachM });
      const position = receiver ?? zone.toDegrees(end.eastM, end.northM);
      return { ...computeLinkProfile(model, place, end, siteId), position };
    },
    exposure: screenExposure(equipmentOf(model, place.form), place.form),
  };
}

/** Least for the way of equipping a site that gives most for its price; without any gain all are alike. */
function yuanPerGain({ site, remainingGainShare }: Look): number {
  return remainingGainShare > 0 ? site.costCny / remainingGainShare : Infinity;
}

interface Look {
  readonly site: Site;
  readonly remainingGainShare: number;
}

/**
 * What the site would add to the raster, and who serves its bins now. Where several servers are asked for, those of the raster are
 * counted, which are right to a tenth of a decibel around the threshold.
 */
function compareWithPlan(
  grid: DemandGrid,
  raster: CoverageRaster,
  levels: SiteLevels,
  duty: ServerDuty | null,
) {
  const servers = raster.quality?.servers ?? null;
  const full = duty && servers ? fullWorthOfServers(duty) : FULL_GRADE_VALUE;
  const addedAt = (at: number, grade: number): number => {
    if (!duty || !servers) return Math.max(0, GRADE_VALUE[grade]! - GRADE_VALUE[raster.grade[at]!]!);
    if (grade < HALF_GRADE) return 0;
    return worthOfServers(servers[at]! + 1, duty) - worthOfServers(servers[at]!, duty);
  };
  let total = 0;
  for (let at = 0; at < grid.binAt.length; at++) {
    const bin = grid.binAt[at]!;
    if (bin >= 0 && raster.grade[at] !== NO_GRADE) total += grid.weight[bin]!;
  }
  let gain = 0;
  /** Too few serve some of its ground: what it adds may wait for a second site, and nobody has covered it. */
  let isPartlyAlone = false;
  const binsOfServer = new Map<number, number>();
  for (let index = 0; index < levels.bins.length; index++) {
    const bin = levels.bins[index]!;
    const at = grid.binRow[bin]! * grid.columns + grid.binColumn[bin]!;
    if (raster.grade[at] === NO_GRADE || levels.grade[index] === 0) continue;
    gain += (grid.weight[bin]! * addedAt(at, levels.grade[index]!)) / full;
    if (duty && servers && levels.grade[index]! >= HALF_GRADE && servers[at]! < duty.least)
      isPartlyAlone ||= grid.weight[bin]! > 0;
    const server = raster.server[at]!;
    if (server !== NO_SERVER) binsOfServer.set(server, (binsOfServer.get(server) ?? 0) + 1);
  }
  const coveredBySiteIds = [...binsOfServer]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, NAME_AT_MOST)
    .map(([server]) => raster.siteIds[server]!);
  return { remainingGainShare: total > 0 ? gain / total : 0, isPartlyAlone, coveredBySiteIds };
}

interface LinkEndPlace {
  readonly eastM: number;
  readonly northM: number;
}

/** The receiver in metres, or that of the far edge; null when the site reaches no bin. */
function endOf(
  grid: DemandGrid,
  zone: LocalZone,
  place: StationPlace,
  levels: SiteLevels,
  receiver: LonLat | undefined,
): LinkEndPlace | null {
  if (receiver) {
    const [eastM, northM] = zone.toMetres(receiver);
    return { eastM, northM };
  }
  const bin = edgeBin(grid, place, levels);
  return bin < 0 ? null : { eastM: grid.receiverEastM[bin]!, northM: grid.receiverNorthM[bin]! };
}

function awayM(place: StationPlace, end: LinkEndPlace): number {
  const eastM = end.eastM - place.eastM;
  const northM = end.northM - place.northM;
  return Math.sqrt(eastM * eastM + northM * northM);
}

/** The farthest bin that counts as covered; without one, the bin with the highest level; -1 when no bin is in reach. */
function edgeBin(grid: DemandGrid, place: StationPlace, levels: SiteLevels): number {
  let farthest = -1;
  let farthestM2 = -1;
  let strongest = -1;
  let strongestLevel = -Infinity;
  for (let index = 0; index < levels.bins.length; index++) {
    const bin = levels.bins[index]!;
    const awayEastM = grid.receiverEastM[bin]! - place.eastM;
    const awayNorthM = grid.receiverNorthM[bin]! - place.northM;
    const distanceM2 = awayEastM * awayEastM + awayNorthM * awayNorthM;
    if (levels.grade[index]! >= HALF_GRADE && distanceM2 > farthestM2) {
      farthest = bin;
      farthestM2 = distanceM2;
    }
    if (levels.level[index]! > strongestLevel) {
      strongest = bin;
      strongestLevel = levels.level[index]!;
    }
  }
  return farthest >= 0 ? farthest : strongest;
}
