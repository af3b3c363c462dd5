// One link as a drawing: ground, roofs, ray and Fresnel zone along the straight path, and what stands worst in its way
// (ITU-R P.526-15 sections 2 and 4.1). Sight and obstacle are taken from every cell the path crosses, the samples are for the
// eye. The antenna's own building never blocks, and a path into a building ends at its facade: walls are lines of the budget.
import type { LinkObstacle, LinkProfile, LinkSamples } from '../model/link-profile.ts';
import { PlanningError } from '../model/planning-error.ts';
import { CLEAR_EDGE, fresnelRadiusM, knifeEdgeLossDb, knifeEdgeParameter } from '../radio/knife-edge-loss.ts';
import { buildingAt, carrierOf } from './carrier-of.ts';
import { computeLinkBudget } from './compute-link-budget.ts';
import { type CoverageModel, equipmentOf, groundAt } from './coverage-model.ts';
import { facadePart } from './facade-part.ts';
import type { StationPlace } from './station-place.ts';
import { RECEIVER_HEIGHT_M } from './station-tables.ts';
import { walkCells } from './walk-cells.ts';

const MOST_SAMPLES = 2000;
/** Between samples where no surface gives a step. */
const OPEN_STEP_M = 2.5;
const EARTH_FACTOR = 4 / 3;
const EARTH_RADIUS_M = 6_371_000;
/** Shorter links have no profile; edges count as at least this far from both ends. */
const SHORTEST_LINK_M = 1;

/** Receiver in metres of the zone. Throws COVERAGE_RECEIVER_NEAR below one metre. */
export function computeLinkProfile(
  model: CoverageModel,
  place: StationPlace,
  receiver: { readonly eastM: number; readonly northM: number },
  siteId: string,
): LinkProfile {
  const { surface } = model;
  const east = receiver.eastM - place.eastM;
  const north = receiver.northM - place.northM;
  const distanceM = Math.sqrt(east * east + north * north);
  if (!(distanceM >= SHORTEST_LINK_M))
    throw new PlanningError('COVERAGE_RECEIVER_NEAR', { distanceM, leastM: SHORTEST_LINK_M });
  const antenna = {
    groundM: surface ? groundAt(surface, place.eastM, place.northM) : 0,
    heightM: place.heightM,
  };
  const end = {
    groundM: surface ? groundAt(surface, receiver.eastM, receiver.northM) : 0,
    heightM: RECEIVER_HEIGHT_M,
  };
  const ray: Ray = {
    distanceM,
    fromM: antenna.groundM + antenna.heightM,
    toM: end.groundM + end.heightM,
    frequencyGhz: equipmentOf(model, place.form).frequencyGhz,
  };
  const budget = computeLinkBudget(model, place, receiver, siteId);
  const worst = worstOf(model, place, receiver, ray);
  const judged = budget.state === 'LOS' || budget.state === 'NLOS';
  return {
    budget,
    distanceM,
    frequencyGhz: ray.frequencyGhz,
    earthFactor: EARTH_FACTOR,
    datum: surface?.groundM ? 'sea-level' : 'flat-ground',
    antenna,
    receiver: end,
    receiverIndoor: surface !== null && buildingAt(surface, receiver.eastM, receiver.northM) !== 0,
    samples: samplesOf(model, place, receiver, ray),
    sight: worst.isBlocked ? 'blocked' : 'clear',
    isShadowEdge: judged && worst.isBlocked === (budget.state === 'LOS'),
    obstacle: worst.obstacle,
    leastClearance: worst.leastClearance,
  };
}

interface Ray {
  readonly distanceM: number;
  /** Both ends above the datum. */
  readonly fromM: number;
  readonly toM: number;
  readonly frequencyGhz: number;
}

function rayAt({ distanceM, fromM, toM }: Ray, part: number): number {
  const bulgeM = (part * (1 - part) * distanceM * distanceM) / (2 * EARTH_FACTOR * EARTH_RADIUS_M);
  return fromM + part * (toM - fromM) - bulgeM;
}

function samplesOf(
  { surface }: CoverageModel,
  place: StationPlace,
  receiver: { readonly eastM: number; readonly northM: number },
  ray: Ray,
): LinkSamples {
  const stepM = surface ? surface.cellM / 2 : OPEN_STEP_M;
  const steps = Math.min(MOST_SAMPLES - 1, Math.max(2, Math.ceil(ray.distanceM / stepM)));
  const parts = Array.from({ length: steps + 1 }, (_, step) => step / steps);
  const at = <T>(read: (eastM: number, northM: number) => T): T[] =>
    parts.map((part) =>
      read(
        place.eastM + part * (receiver.eastM - place.eastM),
        place.northM + part * (receiver.northM - place.northM),
      ),
    );
  const groundM = at((eastM, northM) => (surface ? groundAt(surface, eastM, northM) : 0));
  const roofM = at((eastM, northM) => (surface ? roofAt(surface, eastM, northM) : 0));
  return {
    distanceM: parts.map((part) => part * ray.distanceM),
    groundM,
    topM: groundM.map((ground, index) => ground + roofM[index]!),
    isRoof: roofM.map((roof) => roof > 0),
    rayM: parts.map((part) => rayAt(ray, part)),
    fresnelM: parts.map((part) =>
      fresnelRadiusM(part * ray.distanceM, (1 - part) * ray.distanceM, ray.frequencyGhz),
    ),
  };
}

/** Roof above the ground of its cell, metres; 0 in the open. */
function roofAt(surface: NonNullable<CoverageModel['surface']>, eastM: number, northM: number): number {
  const column = Math.floor((eastM - surface.westM) / surface.cellM);
  const row = Math.floor((surface.northM - northM) / surface.cellM);
  if (column < 0 || row < 0 || column >= surface.columns || row >= surface.rows) return 0;
  return surface.heightDm[row * surface.columns + column]! / 10;
}

interface Worst {
  readonly isBlocked: boolean;
  readonly obstacle: LinkObstacle | null;
  readonly leastClearance: LinkProfile['leastClearance'];
}

/** Over every cell between the ends; the ray is lowest at one of a cell's borders to less than a micrometre. */
function worstOf(
  { surface }: CoverageModel,
  place: StationPlace,
  receiver: { readonly eastM: number; readonly northM: number },
  ray: Ray,
): Worst {
  if (!surface) return { isBlocked: false, obstacle: null, leastClearance: leastOverFlat(ray) };
  const { columns, rows, groundM, heightDm, building } = surface;
  const own = carrierOf(surface, place);
  const facade = facadePart(surface, place, receiver, own);
  const found: Found = { isBlocked: false, obstacle: null, closest: null };
  walkCells(surface, place, receiver, (column, row, enter, leave) => {
    if (enter === 0 || leave === 1 || enter > facade) return;
    const isKnown = column >= 0 && row >= 0 && column < columns && row < rows;
    const cell = row * columns + column;
    const ground = isKnown && groundM ? groundM[cell]! : 0;
    const owner = isKnown ? building[cell]! : 0;
    const isRoof = owner !== 0 && owner !== own && heightDm[cell]! > 0;
    const topM = isRoof ? ground + heightDm[cell]! / 10 : ground;
    // A roof is level up to its walls; ground rises from cell to cell and is known at the middle.
    for (const part of isRoof ? [enter, leave] : [(enter + leave) / 2]) {
      const edge = edgeAt(ray, part, topM);
      if (edge.aboveRayM > 0) found.isBlocked = true;
      if (!found.closest || edge.nu > found.closest.nu) found.closest = edge;
      // Flat ground is an assumption, not an obstacle.
      if ((isRoof || groundM) && edge.nu > (found.obstacle?.nu ?? CLEAR_EDGE)) {
        const kind = isRoof ? 'building' : 'terrain';
        found.obstacle = { kind, ...edge, topM, knifeEdgeDb: knifeEdgeLossDb(edge.nu) };
      }
    }
  });
  const { isBlocked, obstacle, closest } = found;
  return { isBlocked, obstacle, leastClearance: closest && clearanceOf(closest) };
}

interface Found {
  isBlocked: boolean;
  obstacle: LinkObstacle | null;
  closest: { readonly nu: number; readonly distanceM: number } | null;
}

function edgeAt(ray: Ray, part: number, topM: number) {
  const distanceM = part * ray.distanceM;
  const aboveRayM = topM - rayAt(ray, part);
  const nu = knifeEdgeParameter({
    heightAboveRayM: aboveRayM,
    fromTransmitterM: Math.max(distanceM, SHORTEST_LINK_M),
    fromReceiverM: Math.max(ray.distanceM - distanceM, SHORTEST_LINK_M),
    frequencyGhz: ray.frequencyGhz,
  });
  return { distanceM, aboveRayM, nu };
}

/** nu is the height above the ray in first Fresnel radii times √2. */
function clearanceOf({ nu, distanceM }: { readonly nu: number; readonly distanceM: number }) {
  return { share: -nu / Math.SQRT2, distanceM };
}

function leastOverFlat(ray: Ray): LinkProfile['leastClearance'] {
  let least: LinkProfile['leastClearance'] = null;
  for (let distanceM = OPEN_STEP_M; distanceM < ray.distanceM; distanceM += OPEN_STEP_M) {
    const radiusM = fresnelRadiusM(distanceM, ray.distanceM - distanceM, ray.frequencyGhz);
    const share = rayAt(ray, distanceM / ray.distanceM) / radiusM;
    if (!least || share < least.share) least = { share, distanceM };
  }
  return least;
}
