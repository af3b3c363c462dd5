// A plan input as bytes: for workers, for the browser, for files, and for the fingerprint. Fields are written one by one,
// in one order, so that equal inputs give equal bytes however their objects were built.
import type { AntennaPattern } from '../model/antenna-pattern.ts';
import type { District, TargetArea } from '../model/area.ts';
import type { Road } from '../model/buildings.ts';
import type { ClutterRaster } from '../model/clutter-raster.ts';
import type { LonLat, MultiPolygon } from '../model/geometry.ts';
import type { HeightRaster } from '../model/height-raster.ts';
import type { Corridor, KeyArea, PlanInput, WeightBy } from '../model/plan.ts';
import type { RadioOptions } from '../model/radio-options.ts';
import type { Site } from '../model/site.ts';
import type { SiteConfiguration } from '../model/site-configuration.ts';
import { packBytes, unpackBytes } from './pack-bytes.ts';

const KIND = 'ZZPI';

interface Header {
  readonly areas: readonly TargetArea[];
  readonly districts: readonly District[];
  readonly sites: readonly Site[];
  readonly excluded: readonly MultiPolygon[];
  readonly profileId: string;
  readonly thresholdDbm: number;
  readonly binSizeM: number;
  readonly weightBy: WeightBy;
  readonly hasBuildings: boolean;
  readonly hasDemand: boolean;
  readonly terrain: readonly Omit<HeightRaster, 'heightM'>[];
  readonly clutter: readonly Omit<ClutterRaster, 'classCode'>[];
  readonly radio: Omit<RadioOptions, 'macroAntenna'>;
  readonly antenna: Omit<AntennaPattern, 'horizontalLossDb' | 'verticalLossDb'> | null;
  /** Left out when empty, so that inputs without them keep their bytes. Positions of all roads are one block. */
  readonly roads?: readonly RoadHead[];
  readonly keyAreas?: readonly KeyArea[];
  readonly configurations?: readonly SiteConfiguration[];
  readonly corridors?: readonly Corridor[];
}

interface RoadHead {
  readonly name: string;
  readonly roadClass: string;
  readonly positions: number;
}

export function encodePlanInput(input: PlanInput): Uint8Array {
  const header: Header = {
    areas: input.areas.map(({ id, name, kind, geometry }) => ({ id, name, kind, geometry: plain(geometry) })),
    districts: input.districts.map(({ code, name, geometry }) => ({ code, name, geometry: plain(geometry) })),
    sites: input.sites.map(plainSite),
    excluded: input.excluded.map(plain),
    profileId: input.profileId,
    thresholdDbm: input.thresholdDbm,
    binSizeM: input.binSizeM,
    weightBy: input.weightBy,
    hasBuildings: input.buildings !== null,
    hasDemand: input.demand !== null,
    terrain: input.terrain.map(frameOf),
    clutter: input.clutter.map(frameOf),
    radio: plainRadioOf(input.radio),
    antenna: input.radio.macroAntenna && antennaHead(input.radio.macroAntenna),
    ...(input.roads.length > 0 && { roads: input.roads.map(roadHead) }),
    ...(input.keyAreas.length > 0 && { keyAreas: input.keyAreas.map(plainKeyArea) }),
    ...(input.configurations.length > 0 && {
      configurations: input.configurations.map(plainConfiguration),
    }),
    ...(input.corridors.length > 0 && { corridors: input.corridors.map(plainCorridor) }),
  };
  const { buildings, demand } = input;
  const { macroAntenna } = input.radio;
  return packBytes(KIND, header, [
    ...(buildings
      ? [buildings.positions, buildings.ringStarts, buildings.buildingStarts, buildings.heightM]
      : []),
    ...(demand ? [demand] : []),
    ...input.terrain.map((raster) => raster.heightM),
    ...input.clutter.map((raster) => raster.classCode),
    ...(macroAntenna ? [macroAntenna.horizontalLossDb, macroAntenna.verticalLossDb] : []),
    ...(input.roads.length > 0 ? [positionsOf(input.roads)] : []),
  ]);
}

/** Throws PLAN_INPUT_BYTES when the bytes were not written by `encodePlanInput` of this version. */
export function decodePlanInput(bytes: Uint8Array): PlanInput {
  const { header, blocks } = unpackBytes(KIND, bytes);
  // written by encodePlanInput: kind, version and lengths were checked
  const { hasBuildings, hasDemand, terrain, clutter, radio, antenna, roads, keyAreas, corridors, ...rest } =
    header as Header;
  const [positions, ringStarts, buildingStarts, heightM] = blocks;
  const demand = blocks[hasBuildings ? 4 : 0];
  const rasters = blocks.slice((hasBuildings ? 4 : 0) + (hasDemand ? 1 : 0));
  const last = rasters.slice(terrain.length + clutter.length);
  const [horizontal, vertical] = antenna ? last : [];
  const roadPositions = last[antenna ? 2 : 0];
  return {
    ...rest,
    terrain: terrain.map((frame, index) => ({ ...frame, heightM: new Float32Array(rasters[index]!) })),
    clutter: clutter.map((frame, index) => ({
      ...frame,
      classCode: new Uint8Array(rasters[terrain.length + index]!),
    })),
    buildings: hasBuildings
      ? {
          positions: new Float64Array(positions!),
          ringStarts: new Uint32Array(ringStarts!),
          buildingStarts: new Uint32Array(buildingStarts!),
          heightM: new Float32Array(heightM!),
        }
      : null,
    roads: roads && roadPositions ? unpackRoads(roads, new Float64Array(roadPositions)) : [],
    keyAreas: keyAreas ?? [],
    configurations: rest.configurations ?? [],
    corridors: corridors ?? [],
    demand: hasDemand ? new Float64Array(demand!) : null,
    radio: {
      ...radio,
      macroAntenna: antenna && {
        ...antenna,
        horizontalLossDb: new Float32Array(horizontal!),
        verticalLossDb: new Float32Array(vertical!),
      },
    },
  };
}

function frameOf(raster: HeightRaster | ClutterRaster): Omit<HeightRaster, 'heightM'> {
  const { id, westDeg, northDeg, stepLonDeg, stepLatDeg, columns, rows } = raster;
  return { id, westDeg, northDeg, stepLonDeg, stepLatDeg, columns, rows };
}

function plainRadioOf(radio: RadioOptions): Header['radio'] {
  const { macroModel, poleModel, roadHeightM, useFileGain, load, indoorBuilding } = radio;
  return { macroModel, poleModel, roadHeightM, useFileGain, load, indoorBuilding };
}

function antennaHead(pattern: AntennaPattern): Header['antenna'] {
  const { name, maker, frequencyMhz, gainDbi, gainUnitAssumed, electricalTiltDeg, warnings } = pattern;
  return { name, maker, frequencyMhz, gainDbi, gainUnitAssumed, electricalTiltDeg, warnings };
}

function roadHead({ name, roadClass, path }: Road): RoadHead {
  return { name, roadClass, positions: path.length };
}

/** `lon, lat` of all roads one after the other. */
function positionsOf(roads: readonly Road[]): Float64Array {
  const positions = new Float64Array(2 * roads.reduce((sum, road) => sum + road.path.length, 0));
  let at = 0;
  for (const { path } of roads) {
    for (const [lon, lat] of path) {
      positions[at++] = lon;
      positions[at++] = lat;
    }
  }
  return positions;
}

function unpackRoads(heads: readonly RoadHead[], values: Float64Array): Road[] {
  let at = 0;
  return heads.map(({ name, roadClass, positions }) => ({
    name,
    roadClass,
    path: Array.from({ length: positions }, (): LonLat => [values[at++]!, values[at++]!]),
  }));
}

function plainKeyArea({ geometry, factor }: KeyArea): KeyArea {
  return { geometry: plain(geometry), factor };
}

export function plainCorridor({ id, name, lines }: Corridor): Corridor {
  return { id, name, lines };
}

function plain(geometry: MultiPolygon): MultiPolygon {
  return { type: 'MultiPolygon', coordinates: geometry.coordinates };
}

function plainConfiguration(configuration: SiteConfiguration): SiteConfiguration {
  const { id, name, structures, profileId, heightM, heightDeltaM, azimuthsDeg, costFactor, extraCostCny } =
    configuration;
  return { id, name, structures, profileId, heightM, heightDeltaM, azimuthsDeg, costFactor, extraCostCny };
}

/** The fields of a site in one order, without what a store added. */
export function plainSite(site: Site): Site {
  return {
    id: site.id,
    code: site.code,
    name: site.name,
    resourceType: site.resourceType,
    structure: site.structure,
    position: [site.position[0], site.position[1]],
    heightM: site.heightM,
    status: site.status,
    costCny: site.costCny,
    owner: site.owner,
    freeStatus: site.freeStatus,
    powerMode: site.powerMode,
    buildMode: site.buildMode,
    districtCode: site.districtCode,
    townCode: site.townCode,
    azimuthsDeg: site.azimuthsDeg && [...site.azimuthsDeg],
    electricalTiltDeg: site.electricalTiltDeg,
    mechanicalTiltDeg: site.mechanicalTiltDeg,
  };
}
