// A plan input as bytes: for workers, for the browser, for files, and for the fingerprint. Fields are written one by one,
// in one order, so that equal inputs give equal bytes however their objects were built.
import type { District, TargetArea } from '../model/area.ts';
import type { MultiPolygon } from '../model/geometry.ts';
import type { PlanInput } from '../model/plan.ts';
import type { Site } from '../model/site.ts';
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
  readonly weightBy: 'area' | 'people';
  readonly hasBuildings: boolean;
  readonly hasDemand: boolean;
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
  };
  const { buildings, demand } = input;
  return packBytes(KIND, header, [
    ...(buildings
      ? [buildings.positions, buildings.ringStarts, buildings.buildingStarts, buildings.heightM]
      : []),
    ...(demand ? [demand] : []),
  ]);
}

/** Throws PLAN_INPUT_BYTES when the bytes were not written by `encodePlanInput` of this version. */
export function decodePlanInput(bytes: Uint8Array): PlanInput {
  const { header, blocks } = unpackBytes(KIND, bytes);
  // written by encodePlanInput: kind, version and lengths were checked
  const { hasBuildings, hasDemand, ...rest } = header as Header;
  const [positions, ringStarts, buildingStarts, heightM] = blocks;
  const demand = blocks[hasBuildings ? 4 : 0];
  return {
    ...rest,
    buildings: hasBuildings
      ? {
          positions: new Float64Array(positions!),
          ringStarts: new Uint32Array(ringStarts!),
          buildingStarts: new Uint32Array(buildingStarts!),
          heightM: new Float32Array(heightM!),
        }
      : null,
    demand: hasDemand ? new Float64Array(demand!) : null,
  };
}

function plain(geometry: MultiPolygon): MultiPolygon {
  return { type: 'MultiPolygon', coordinates: geometry.coordinates };
}

function plainSite(site: Site): Site {
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
  };
}
