// A place found in map data where a station could stand. Ids come from the kind and the rounded position, so deriving the same
// ground again updates the same sites instead of doubling them.
import type { LonLat } from '../model/geometry.ts';
import { findResourceType } from '../model/resource-types.ts';
import type { Site, SiteStructure } from '../model/site.ts';

export interface DerivedSite {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly resourceType: string;
  readonly structure: SiteStructure;
  readonly position: LonLat;
  /** Antenna above ground, metres. */
  readonly heightM: number;
  /** The height rests on an assumed building height. */
  readonly heightAssumed: boolean;
  readonly costCny: number;
}

/** The full site, with the defaults of its resource type. */
export function siteOfDerived(derived: DerivedSite): Site {
  const type = findResourceType(derived.resourceType);
  return {
    id: derived.id,
    code: derived.code,
    name: derived.name,
    resourceType: derived.resourceType,
    structure: derived.structure,
    position: derived.position,
    heightM: derived.heightM,
    status: 'candidate',
    costCny: derived.costCny,
    owner: '',
    freeStatus: type?.freeStatus ?? null,
    powerMode: null,
    buildMode: type?.buildMode ?? '新建',
    districtCode: '',
    townCode: '',
    azimuthsDeg: null,
    electricalTiltDeg: null,
    mechanicalTiltDeg: null,
  };
}

/** Makes a derived site of a known resource type; position rounded to 1e-6 degrees (0.1 m). Throws on an unknown type. */
export function makeDerivedSite(found: {
  kind: 'roof' | 'pole' | 'junction';
  name: string;
  resourceType: string;
  position: LonLat;
  heightM?: number;
  heightAssumed?: boolean;
}): DerivedSite {
  const type = findResourceType(found.resourceType);
  if (!type) throw new RangeError(`makeDerivedSite: unknown resource type "${found.resourceType}"`);
  const position: LonLat = [roundDegrees(found.position[0]), roundDegrees(found.position[1])];
  const id = `${found.kind}-${position[0].toFixed(5)}-${position[1].toFixed(5)}`;
  return {
    id,
    code: id,
    name: found.name,
    resourceType: type.code,
    structure: type.structure,
    position,
    heightM: Math.round((found.heightM ?? type.defaultHeightM) * 10) / 10,
    heightAssumed: found.heightAssumed ?? false,
    costCny: type.defaultCostCny,
  };
}

function roundDegrees(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
