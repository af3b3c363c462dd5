// A small made-up town as files a person would bring: seeded, about 1.5 km², a few dozen houses, poles along a street grid.
// Built in code so that a test can say what it needs: aTown().withPoleSpacing(50).

export interface TownFile {
  readonly fileName: string;
  readonly text: string;
}

export interface Town {
  readonly area: TownFile;
  readonly district: TownFile;
  readonly sites: TownFile;
  readonly buildings: TownFile;
  readonly roads: TownFile;
  readonly demand: TownFile;
  readonly pipes: TownFile;
  readonly siteCount: number;
  readonly buildingCount: number;
  /** A ring inside the town to draw by hand. */
  readonly drawn: readonly (readonly [number, number])[];
}

const WEST = 121.2;
const SOUTH = 31.36;
/** Degrees of one metre here; good to a few centimetres over the town. */
const LON_PER_M = 1 / 95_060;
const LAT_PER_M = 1 / 110_880;

const at = (eastM: number, northM: number): [number, number] => [
  Number((WEST + eastM * LON_PER_M).toFixed(7)),
  Number((SOUTH + northM * LAT_PER_M).toFixed(7)),
];

const box = (west: number, south: number, east: number, north: number) => [
  [at(west, south), at(east, south), at(east, north), at(west, north), at(west, south)],
];

const collection = (features: unknown[]) => JSON.stringify({ type: 'FeatureCollection', features });
const feature = (properties: Record<string, unknown>, type: string, coordinates: unknown) => ({
  type: 'Feature',
  properties,
  geometry: { type, coordinates },
});

/** Streets every 200 m, four houses a block, poles along the streets. Equal seeds give equal bytes. */
export function aTown({ widthM = 1400, heightM = 1000, poleSpacingM = 70, seed = 7 } = {}): Town {
  let state = seed >>> 0;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const buildings: unknown[] = [];
  const demand: string[] = ['经度,纬度,人口'];
  const roads: unknown[] = [];
  const poles: string[] = ['站址编码,站址名称,经度,纬度,资源类型,挂高,产权单位,状态'];
  for (let east = 0; east <= widthM; east += 200) {
    roads.push(
      feature({ name: `经${east / 200 + 1}路`, highway: 'secondary' }, 'LineString', [
        at(east, 0),
        at(east, heightM),
      ]),
    );
  }
  for (let north = 0; north <= heightM; north += 200) {
    roads.push(
      feature({ name: `纬${north / 200 + 1}路`, highway: 'tertiary' }, 'LineString', [
        at(0, north),
        at(widthM, north),
      ]),
    );
  }
  for (let east = 0; east < widthM; east += 200) {
    for (let north = 0; north < heightM; north += 200) {
      for (const [dx, dy] of [
        [30, 30],
        [110, 30],
        [30, 110],
        [110, 110],
      ] as const) {
        const floors = 3 + Math.floor(random() * 12);
        const west = east + dx + random() * 10;
        const south = north + dy + random() * 10;
        buildings.push(feature({ height: floors * 3 }, 'Polygon', box(west, south, west + 45, south + 40)));
        const [lon, lat] = at(west + 22, south + 20);
        demand.push(`${lon},${lat},${floors * 8}`);
      }
    }
  }
  let count = 0;
  const pole = (east: number, north: number) => {
    const [lon, lat] = at(east, north);
    count += 1;
    const id = String(count).padStart(4, '0');
    poles.push(`DG-${id},灯杆${id},${lon},${lat},路灯杆,8,市政照明所,candidate`);
  };
  for (let east = 0; east <= widthM; east += 200) {
    for (let north = 20; north < heightM; north += poleSpacingM) pole(east + 6, north);
  }
  for (let north = 0; north <= heightM; north += 200) {
    for (let east = 55; east < widthM; east += poleSpacingM) pole(east, north + 6);
  }
  const [towerLon, towerLat] = at(210, 210);
  poles.push(`CT-0001,镇北存量塔,${towerLon},${towerLat},普通地面塔,35,铁塔公司,existing`);
  const whole = box(-20, -20, widthM + 20, heightM + 20);
  return {
    area: {
      fileName: 'area.geojson',
      text: collection([
        feature({ name: '老城片区', kind: '密集区' }, 'Polygon', box(0, 0, widthM, heightM)),
      ]),
    },
    district: {
      fileName: 'district.geojson',
      text: collection([feature({ name: '测试镇', adcode: '310999' }, 'Polygon', whole)]),
    },
    sites: { fileName: 'sites.csv', text: `${poles.join('\n')}\n` },
    buildings: { fileName: 'buildings.geojson', text: collection(buildings) },
    roads: { fileName: 'roads.geojson', text: collection(roads) },
    demand: { fileName: 'demand.csv', text: `${demand.join('\n')}\n` },
    pipes: {
      fileName: 'pipes.geojson',
      text: collection([feature({ name: '经三路管道' }, 'LineString', [at(400, 0), at(400, heightM)])]),
    },
    siteCount: count + 1,
    buildingCount: buildings.length,
    drawn: [at(100, 100), at(900, 100), at(900, 700), at(100, 700), at(100, 100)],
  };
}
