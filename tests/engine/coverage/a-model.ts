// Coverage models over one square kilometre of ground, and stations on it by metres from its south-west corner.
import {
  type BuildingSet,
  type ClutterRaster,
  type CoverageModel,
  computeSiteLevels,
  type EquipmentProfile,
  type Footprints,
  findEquipmentProfile,
  type HeightRaster,
  makeCoverageModel,
  makeDemandGrid,
  makeSurface,
  type StationForm,
  type StationPlace,
} from '../../../engine/index.ts';
import { eachGrade } from '../../../engine/selection/cover/best-grades.ts';
import {
  allRound,
  buildingsOf,
  ORIGIN_EAST_M,
  ORIGIN_NORTH_M,
  rectangle,
  zone,
} from '../../support/flat-ground.ts';

export const n78: EquipmentProfile = findEquipmentProfile('n78')!;
const box = [ORIGIN_EAST_M - 500, ORIGIN_NORTH_M - 500, ORIGIN_EAST_M + 1500, ORIGIN_NORTH_M + 1500] as const;
/** No building anywhere near: line of sight is decided, and always there. */
export const openGround: BuildingSet = buildingsOf([1400, 1400, 1410, 1410, 5]);

export interface ModelChanges {
  readonly buildings?: BuildingSet | null;
  readonly thresholdDbm?: number;
  readonly profile?: EquipmentProfile;
  readonly terrain?: readonly HeightRaster[];
  readonly clutter?: readonly ClutterRaster[];
  readonly binSizeM?: number;
}

export function modelOf(more: ModelChanges = {}): CoverageModel {
  const buildings = more.buildings === undefined ? openGround : more.buildings;
  const { terrain = [], clutter = [] } = more;
  const hasSurface = buildings !== null || terrain.length + clutter.length > 0;
  const surface = hasSurface ? makeSurface(buildings, zone, box, 5, terrain, clutter) : null;
  const grid = makeDemandGrid({
    areas: [rectangle(0, 0, 1000, 1000)],
    excluded: [],
    zone,
    binSizeM: more.binSizeM ?? 20,
    demand: null,
    weightBy: 'area',
    roads: [],
    keyAreas: [],
    outdoor: surface,
  });
  return makeCoverageModel({
    grid,
    surface,
    profile: more.profile ?? n78,
    thresholdDbm: more.thresholdDbm ?? -105,
  });
}

export function place(
  eastM: number,
  northM: number,
  form: StationForm = allRound,
  heightM = 8,
): StationPlace {
  return { eastM: ORIGIN_EAST_M + eastM, northM: ORIGIN_NORTH_M + northM, heightM, form };
}

/** Level in 0.1 dBm per raster square, or null. */
export function levelAt(model: CoverageModel, site: StationPlace): (number | null)[] {
  const { bins, level } = computeSiteLevels(model, site);
  const squares: (number | null)[] = new Array(model.grid.columns * model.grid.rows).fill(null);
  bins.forEach((id, i) => {
    squares[model.grid.binRow[id]! * model.grid.columns + model.grid.binColumn[id]!] = level[i]!;
  });
  return squares;
}

/** Grade per bin where it is above 0. */
export function gradesOf(footprints: Footprints, site: number): Map<number, number> {
  const grades = new Map<number, number>();
  eachGrade({ footprints }, site, (bin, grade) => {
    if (grade > 0) grades.set(bin, grade);
  });
  return grades;
}

/** From the station to the receiver of a bin. */
export function distanceTo({ grid }: CoverageModel, id: number, site: StationPlace): number {
  return Math.hypot(grid.receiverEastM[id]! - site.eastM, grid.receiverNorthM[id]! - site.northM);
}
