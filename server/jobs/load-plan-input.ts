// Everything coverage needs, read from the store: the areas, the water in them, and what stands within the service radius.
import {
  type Box,
  boxesTouch,
  boxOf,
  type Corridor,
  corridorsOfRoads,
  findEquipmentProfile,
  growBox,
  joinBoxes,
  type KeyArea,
  type PlanInput,
  PlanningError,
  type TargetArea,
  weighsRoads,
} from '../../engine/index.ts';
import { keyAreaKinds } from '../contract/areas.ts';
import type { NewPlanJson } from '../contract/plans.ts';
import { ProductError } from '../errors.ts';
import { loadAreasByIds, loadAreasOfKinds } from '../store/areas.ts';
import { loadBuildings } from '../store/buildings.ts';
import { loadDemand } from '../store/demand.ts';
import { loadDistrictsInBox } from '../store/districts.ts';
import { loadClutter, loadTerrain } from '../store/rasters.ts';
import { loadRoads } from '../store/roads.ts';
import { loadSitesForPlan } from '../store/sites.ts';
import type { Queryable } from '../store/store.ts';
import { loadRadio } from './load-radio.ts';
import { configurationsOf, ruleOf } from './plan-choice.ts';

const DEFAULT_BIN_M = 20;
/** Ground no outdoor plan counts. */
const WATER = '水域';
/** A building just beyond the radius still shades its edge. */
const MARGIN_M = 100;

/** Throws PLAN_AREA_UNKNOWN, PLAN_RULE_UNKNOWN, COVERAGE_PROFILE_UNKNOWN, or what the store says. */
export async function loadPlanInput(db: Queryable, request: NewPlanJson): Promise<PlanInput> {
  ruleOf(request);
  const areas = await loadTargetAreas(db, request.areaIds);
  const box = boxOfAreas(areas);
  const near = growBox(box, planMarginM(request.profileId, equipmentOf(request)));
  const buildings = await loadBuildings(db, near);
  return {
    ...(await loadGround(db, request, areas, box)),
    sites: await loadSitesForPlan(db, near),
    districts: (await loadDistrictsInBox(db, box)).map(({ code, name, geometry }) => ({
      code,
      name,
      geometry,
    })),
    buildings: buildings.heightM.length > 0 ? buildings : null,
    terrain: await loadTerrain(db, near),
    clutter: await loadClutter(db, near),
  };
}

/** The same with the buildings and sites around one place only: enough to explain one site in milliseconds. */
export async function loadPlanInputAround(
  db: Queryable,
  request: NewPlanJson,
  around: Box,
): Promise<PlanInput> {
  const areas = await loadTargetAreas(db, request.areaIds);
  const near = growBox(around, planMarginM(request.profileId, equipmentOf(request)));
  const buildings = await loadBuildings(db, near);
  return {
    ...(await loadGround(db, request, areas, boxOfAreas(areas))),
    sites: await loadSitesForPlan(db, near),
    districts: [],
    buildings: buildings.heightM.length > 0 ? buildings : null,
    terrain: await loadTerrain(db, near),
    clutter: await loadClutter(db, near),
  };
}

const equipmentOf = ({ configurations = [], operators = [] }: NewPlanJson) => [
  ...configurations,
  ...operators,
];

type Ground = Pick<
  PlanInput,
  | 'areas'
  | 'excluded'
  | 'demand'
  | 'profileId'
  | 'thresholdDbm'
  | 'binSizeM'
  | 'weightBy'
  | 'roads'
  | 'keyAreas'
  | 'corridors'
  | 'radio'
  | 'configurations'
>;

async function loadGround(
  db: Queryable,
  request: NewPlanJson,
  areas: readonly TargetArea[],
  box: Box,
): Promise<Ground> {
  const chosen = new Set(areas.map((area) => area.id));
  const water = (await loadAreasOfKinds(db, [WATER], box)).filter(
    (area) => !chosen.has(area.id) && boxesTouch(boxOf(area.geometry), box),
  );
  const demand = await loadDemand(db, box);
  return {
    areas,
    excluded: water.map((area) => area.geometry),
    demand: demand.length > 0 ? demand : null,
    profileId: request.profileId,
    thresholdDbm: request.thresholdDbm ?? ruleOf(request).thresholdDbm,
    binSizeM: request.binSizeM ?? DEFAULT_BIN_M,
    weightBy: request.weightBy ?? 'area',
    roads: weighsRoads(request.weightBy ?? 'area', request.scenarios ?? []) ? await loadRoads(db, box) : [],
    keyAreas: await loadKeyAreas(db, request.keyAreaFactor ?? 1, areas, box),
    corridors: await loadCorridors(db, request, areas),
    radio: await loadRadio(db, request.radio),
    configurations: configurationsOf(request),
  };
}

/** Stored areas of the key kinds near a target area, target areas among them; none at a factor of 1. */
async function loadKeyAreas(
  db: Queryable,
  factor: number,
  areas: readonly TargetArea[],
  box: Box,
): Promise<KeyArea[]> {
  if (factor === 1) return [];
  const boxes = areas.map((area) => boxOf(area.geometry));
  return (await loadAreasOfKinds(db, keyAreaKinds, box))
    .filter(({ geometry }) => boxes.some((near) => boxesTouch(near, boxOf(geometry))))
    .map(({ geometry }) => ({ geometry, factor }));
}

/** The roads behind the corridors that are asked for. Throws SELECTION_CORRIDOR_UNKNOWN. */
export async function loadCorridors(
  db: Queryable,
  { corridorShares = [] }: NewPlanJson,
  areas: readonly TargetArea[],
): Promise<Corridor[]> {
  if (corridorShares.length === 0) return [];
  const box = boxOfAreas(areas);
  const ids = corridorShares.map(({ corridorId }) => corridorId);
  return corridorsOfRoads(await loadRoads(db, box), ids, box);
}

/** In the order asked for. */
export async function loadTargetAreas(db: Queryable, ids: readonly string[]): Promise<TargetArea[]> {
  const wanted = [...new Set(ids)];
  const found = new Map((await loadAreasByIds(db, wanted)).map((area) => [area.id, area]));
  return wanted.map((id) => {
    const area = found.get(id);
    if (!area) throw new ProductError('PLAN_AREA_UNKNOWN', { id });
    return { id: area.id, name: area.name, kind: area.kind, geometry: area.geometry };
  });
}

export const boxOfAreas = (areas: readonly TargetArea[]): Box =>
  areas.map((area) => boxOf(area.geometry)).reduce((a, b) => joinBoxes(a, b));

/** How far around the areas a plan looks with its own equipment and that of its configurations and operators. Throws COVERAGE_PROFILE_UNKNOWN. */
export function planMarginM(
  profileId: string,
  configurations: readonly { readonly profileId?: string | null }[] = [],
): number {
  const ids = [profileId, ...configurations.flatMap((one) => one.profileId ?? [])];
  const radii = ids.flatMap((id) => {
    const profile = findEquipmentProfile(id);
    if (!profile) throw new PlanningError('COVERAGE_PROFILE_UNKNOWN', { profileId: id });
    return [profile.macro.serviceRadiusM, profile.pole.serviceRadiusM];
  });
  return Math.max(...radii) + MARGIN_M;
}
