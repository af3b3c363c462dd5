// The three kinds of sites a district office knows: poles, roofs offered by their owners, and what operators run
// already. Prices and heights are the practice defaults of the resource types, with the additions of a pole that has
// no power yet.
import { type FreeStatus, findResourceType, type PowerMode, type SiteStatus } from '../../engine/index.ts';
import type { StoredSite } from '../../server/store/sites.ts';
import { gapM, type Place, toLonLat } from './ground.ts';
import type { House, HouseUse } from './make-houses.ts';
import type { Pole } from './make-poles.ts';
import type { Random } from './random.ts';

/** Where a place belongs: codes and names of its district and town. */
export interface Belonging {
  readonly districtCode: string;
  readonly districtName: string;
  readonly townCode: string;
  readonly townName: string;
}
export type BelongingOf = (place: Place) => Belonging;

/** Metres of mast on a roof. */
const MAST_M = 3;
const NO_POWER_EXTRA_CNY = 12_000;
const UNAVAILABLE_SHARE = 0.02;

const ROOF_TYPE: Record<HouseUse, string | null> = {
  office: '商务商业楼',
  mall: '商务商业楼',
  housing: '住宅天面',
  'village house': null,
  hall: '国有企业',
  school: '学校',
  hospital: '医院',
  government: '政府机关',
  institution: '事业单位',
  venue: '文体场馆',
  station: '公用设施',
  utility: null,
};
/** Public roofs are offered nearly always, housing rarely: residents have to agree. */
const OFFER_SHARE: Record<HouseUse, number> = {
  office: 0.28,
  mall: 0.15,
  housing: 0.024,
  'village house': 0,
  hall: 0.12,
  school: 0.4,
  hospital: 0.6,
  government: 0.95,
  institution: 0.7,
  venue: 0.9,
  station: 1,
  utility: 0,
};

export function poleSites(random: Random, poles: readonly Pole[], belongingOf: BelongingOf): StoredSite[] {
  return poles.map((pole, index) => {
    const belonging = belongingOf(pole.place);
    const roll = random.next();
    const powerMode: PowerMode = roll < 0.6 ? '直供' : roll < 0.84 ? '转供' : '待引入';
    return site({
      code: `GD-${String(index + 1).padStart(6, '0')}`,
      name: `${pole.road}${pole.number}号${pole.resourceType}`,
      resourceType: pole.resourceType,
      place: pole.place,
      status: random.chance(UNAVAILABLE_SHARE) ? 'unavailable' : 'candidate',
      owner:
        pole.resourceType === '路灯杆' || pole.resourceType === '综合杆'
          ? `${belonging.districtName}市政设施养护所`
          : `${belonging.districtName}交通管理中心`,
      powerMode,
      extraCny: powerMode === '待引入' ? NO_POWER_EXTRA_CNY : 0,
      belonging,
    });
  });
}

export function roofSites(random: Random, houses: readonly House[], belongingOf: BelongingOf): StoredSite[] {
  const offered = houses.filter(
    (house) => house.heightM >= 12 && house.footprintM2 >= 180 && random.chance(OFFER_SHARE[house.use]),
  );
  const numbers = new Map<string, number>();
  return offered.map((house, index) => {
    const belonging = belongingOf(house.middle);
    const resourceType = ROOF_TYPE[house.use]!;
    const number = (numbers.get(belonging.townCode + resourceType) ?? 0) + 1;
    numbers.set(belonging.townCode + resourceType, number);
    return site({
      code: `WM-${String(index + 1).padStart(5, '0')}`,
      name: `${belonging.townName}${resourceType}${number}号楼顶`,
      resourceType,
      place: roofPlace(house),
      heightM: house.heightM + MAST_M,
      status: random.chance(UNAVAILABLE_SHARE) ? 'unavailable' : 'candidate',
      owner: `${belonging.townName}${resourceType}产权单位${number}`,
      powerMode: random.chance(0.85) ? '直供' : '转供',
      extraCny: 1000 * random.whole(-20, 30),
      belonging,
    });
  });
}

/**
 * About one macro station per square kilometre stands already, denser towards the middle as operators build: roof mounts
 * among houses, towers at the border.
 */
export function existingSites(
  random: Random,
  houses: readonly House[],
  freePlaces: readonly Place[],
  wanted: number,
  radiusM: number,
  belongingOf: BelongingOf,
): StoredSite[] {
  const tall = houses.filter(
    (house) => house.heightM >= 18 && house.heightM <= 60 && ROOF_TYPE[house.use] !== null,
  );
  const taken: Place[] = [];
  const sites: StoredSite[] = [];
  const apartM = 400;
  for (let tries = 0; sites.length < wanted && tries < wanted * 200; tries += 1) {
    const onRoof = random.chance(0.68) || freePlaces.length === 0;
    const house = onRoof ? random.pick(tall) : null;
    const place = house ? roofPlace(house) : random.pick(freePlaces);
    const keep = (1 - 0.8 * Math.min(1, gapM(place, [0, 0]) / radiusM)) ** 2;
    if (!random.chance(keep) || taken.some((other) => gapM(other, place) < apartM)) continue;
    taken.push(place);
    const resourceType = house
      ? random.pick(['楼面抱杆', '普通楼面塔'])
      : random.pick(['普通地面塔', '普通地面塔', '景观塔']);
    const belonging = belongingOf(place);
    sites.push(
      site({
        code: `JZ-${String(sites.length + 1).padStart(4, '0')}`,
        name: `${belonging.townName}基站${sites.length + 1}`,
        resourceType,
        place,
        ...(house && { heightM: house.heightM + MAST_M }),
        status: 'existing',
        owner: '铁塔公司',
        powerMode: '直供',
        extraCny: 0,
        belonging,
      }),
    );
  }
  return sites;
}

/** A place that is on the roof whatever the shape: the middle of the arm all shapes share. */
function roofPlace(house: House): Place {
  const [a, b] = [house.ring[0]!, house.ring[1]!];
  const last = house.ring[house.ring.length - 1]!;
  const inward = 0.14;
  return [
    a[0] + (b[0] - a[0]) * 0.5 + (last[0] - a[0]) * inward,
    a[1] + (b[1] - a[1]) * 0.5 + (last[1] - a[1]) * inward,
  ];
}

interface SiteDraft {
  readonly code: string;
  readonly name: string;
  readonly resourceType: string;
  readonly place: Place;
  readonly heightM?: number;
  readonly status: SiteStatus;
  readonly owner: string;
  readonly powerMode: PowerMode;
  readonly extraCny: number;
  readonly belonging: Belonging;
}

function site(draft: SiteDraft): StoredSite {
  const type = findResourceType(draft.resourceType);
  if (!type) throw new Error(`resource type ${draft.resourceType} is not in the table`);
  const position = toLonLat(draft.place);
  const freeStatus: FreeStatus | null = type.freeStatus;
  return {
    id: `sample-${draft.code.toLowerCase()}`,
    code: draft.code,
    name: draft.name,
    resourceType: type.code,
    structure: type.structure,
    position,
    heightM: Math.round((draft.heightM ?? type.defaultHeightM) * 10) / 10,
    status: draft.status,
    costCny: draft.status === 'existing' ? 0 : type.defaultCostCny + draft.extraCny,
    owner: draft.owner,
    freeStatus,
    powerMode: draft.powerMode,
    buildMode: type.buildMode,
    districtCode: draft.belonging.districtCode,
    townCode: draft.belonging.townCode,
    azimuthsDeg: null,
    electricalTiltDeg: null,
    mechanicalTiltDeg: null,
    originalPosition: position,
    datum: 'CGCS2000',
    origin: 'sample',
    sourceFile: null,
    sourceRow: null,
  };
}
