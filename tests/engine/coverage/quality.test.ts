import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sinrTenths, UNIT_MW, unitsOf } from '../../../engine/coverage/element-power.ts';
import { sectorLossDb } from '../../../engine/coverage/sector-patterns.ts';
import {
  antennaLossDb,
  type BuildingSet,
  type CoverageModel,
  type CoverageQuality,
  computeQuality,
  computeSiteLevels,
  decodeRaster,
  defaultRadioQuality,
  downlinkRateMbps,
  encodeRaster,
  findCoverageRule,
  findEquipmentProfile,
  makeCoverageModel,
  makeDemandGrid,
  makeGainTable,
  makePlan,
  makeSurface,
  NO_LEVEL,
  NO_SERVER,
  type OpenStation,
  type PlanInput,
  plainChoice,
  plainRadio,
  powerPerElementDbm,
  prepareCoverage,
  type Site,
  type StationForm,
  type Surface,
  wallLossDb,
} from '../../../engine/index.ts';
import {
  allRound,
  at,
  buildingsOf,
  ORIGIN_EAST_M,
  ORIGIN_NORTH_M,
  rectangle,
  zone,
} from '../../support/flat-ground.ts';
import { numberIn, readVectors, worstDifference } from '../../support/vector-file.ts';

const n78 = findEquipmentProfile('n78')!;
/** 30 kHz and a noise figure of 7 dB (propagation reference 10.3). */
const NOISE_DBM = -122.2288;
const HALF_TENTH = 0.05 + 1e-4;
const box = [ORIGIN_EAST_M - 500, ORIGIN_NORTH_M - 500, ORIGIN_EAST_M + 1500, ORIGIN_NORTH_M + 1500] as const;

function modelOf(
  buildings: BuildingSet | null = null,
  surface: Surface | null = buildings ? makeSurface(buildings, zone, box) : null,
): CoverageModel {
  const grid = makeDemandGrid({
    areas: [rectangle(0, 0, 1000, 1000)],
    excluded: [],
    zone,
    binSizeM: 20,
    demand: null,
    weightBy: 'area',
    roads: [],
    keyAreas: [],
    outdoor: surface,
  });
  return makeCoverageModel({ grid, surface, profile: n78, thresholdDbm: -105 });
}

const open = modelOf();
/** Blocks of 60 m with streets of 40 m, and one hall that holds whole bins. */
const built = modelOf(
  buildingsOf(
    ...Array.from({ length: 80 }, (_, i): [number, number, number, number, number] => {
      const west = 100 * (i % 10) + 20;
      const south = 100 * Math.floor(i / 10) + 20;
      return [west, south, west + 60, south + 60, 12 + (i % 5) * 6];
    }),
    [300, 820, 700, 980, 15],
  ),
);

/** Ridges of 30 m a few hundred metres apart, on which nothing stands. */
const hilly = modelOf(null, hills());

function hills(): Surface {
  const flat = makeSurface(null, zone, box);
  const groundM = flat.topM.map(
    (_, cell) =>
      40 + 15 * Math.sin((cell % flat.columns) / 9) + 15 * Math.cos(Math.floor(cell / flat.columns) / 11),
  );
  return { ...flat, groundM, topM: groundM };
}

function station(
  siteId: string,
  eastM: number,
  northM: number,
  form: StationForm = allRound,
  heightM = 8,
): OpenStation {
  return {
    siteId,
    place: { eastM: ORIGIN_EAST_M + eastM, northM: ORIGIN_NORTH_M + northM, heightM, form },
  };
}

/** Place in the raster of the square that holds a point. */
function squareAt({ grid }: CoverageModel, eastM: number, northM: number): number {
  const column = Math.floor((ORIGIN_EAST_M + eastM - grid.westM) / grid.binSizeM);
  const row = Math.floor((grid.northM - ORIGIN_NORTH_M - northM) / grid.binSizeM);
  return row * grid.columns + column;
}

/** Level of one site per square in 0.1 dBm, within its service radius; `NO_LEVEL` elsewhere. */
function levelsOf(model: CoverageModel, { place }: OpenStation, radii = 1): Int16Array {
  const { grid } = model;
  const squares = new Int16Array(grid.columns * grid.rows).fill(NO_LEVEL);
  const { bins, level } = computeSiteLevels(model, place, radii * place.form.serviceRadiusM);
  bins.forEach((id, i) => {
    squares[grid.binRow[id]! * grid.columns + grid.binColumn[id]!] = level[i]!;
  });
  return squares;
}

/** Best level and its station's place in the list, the smaller id at equal levels. */
/** The strongest of all that are heard, or of those only whose service radius holds the square. */
function bestOf(model: CoverageModel, stations: readonly OpenStation[], radii = 1) {
  const byId = [...stations].sort((a, b) => (a.siteId < b.siteId ? -1 : 1));
  const level = new Int16Array(model.grid.columns * model.grid.rows).fill(NO_LEVEL);
  const siteId: (string | null)[] = Array.from(level, () => null);
  for (const one of byId) {
    levelsOf(model, one, radii).forEach((tenths, square) => {
      if (tenths <= level[square]!) return;
      level[square] = tenths;
      siteId[square] = one.siteId;
    });
  }
  return { level, siteId };
}

function bytesOf(quality: CoverageQuality): string {
  return Object.values(quality)
    .map((values) => Buffer.from(values.buffer).toString('base64'))
    .join('|');
}

/** A level shifted to exactly this by the power of its form, heard at a square. */
function heardAt(model: CoverageModel, square: number, wantedTenths: number, site: OpenStation): OpenStation {
  const found = levelsOf(model, site)[square]!;
  const { form } = site.place;
  const totalPowerDbm = form.totalPowerDbm + (wantedTenths - found) / 10;
  return { ...site, place: { ...site.place, form: { ...form, totalPowerDbm } } };
}

const power = (dbm: number): number => 10 ** (dbm / 10);
const coordinate = fc.integer({ min: 100, max: 900 });
const kind = fc.constantFrom('pole', 'macro', 'round');
const forms = { pole: n78.pole, macro: n78.macro, round: allRound } as const;
const someStations = fc
  .array(fc.tuple(coordinate, coordinate, kind), { minLength: 1, maxLength: 5 })
  .map((list) =>
    list.map(([eastM, northM, of], i) => station(`s${i}`, eastM, northM, forms[of], of === 'macro' ? 30 : 8)),
  );
const seeded = { seed: 1103, numRuns: 12 };

test('one all-round site alone has an SS-SINR of its level over the noise', () => {
  const site = station('a', 510, 510);
  const quality = computeQuality(open, [site]);
  const levels = levelsOf(open, site);
  let served = 0;
  levels.forEach((level, square) => {
    if (level === NO_LEVEL) {
      expect(quality.ssSinr[square]).toBe(NO_LEVEL);
      return;
    }
    served++;
    expect(Math.abs(quality.ssSinr[square]! / 10 - (level / 10 - NOISE_DBM))).toBeLessThanOrEqual(HALF_TENTH);
  });
  // A disc of 400 m in squares of 20 m: π · 400² / 20².
  expect(served).toBeGreaterThan(1240);
  expect(served).toBeLessThan(1272);
});

test('two sites at equal level leave 0 dB less what the noise adds', () => {
  const square = squareAt(open, 510, 510);
  const pair = [station('a', 310, 510), station('b', 710, 510)];
  expect(levelsOf(open, pair[0]!)[square]).toBe(levelsOf(open, pair[1]!)[square]);
  expect(computeQuality(open, pair).ssSinr[square]).toBe(0);
  // At the noise itself: S / (S + N) is one half.
  const weak = pair.map((site) => heardAt(open, square, -1222, site));
  expect(computeQuality(open, weak).ssSinr[square]).toBe(-30);
});

test('-105 over -108 at half load is 5.69 dB for data and 2.84 dB for the SSB (nr_sinr.csv)', () => {
  const square = squareAt(open, 510, 510);
  const pair = [
    heardAt(open, square, -1050, station('a', 310, 510)),
    heardAt(open, square, -1080, station('b', 710, 510)),
  ];
  const quality = computeQuality(open, pair, { load: 0.5, indoorBuilding: 'low' });
  expect(Math.abs(quality.pdschSinr[square]! / 10 - 5.6941)).toBeLessThanOrEqual(HALF_TENTH);
  expect(Math.abs(quality.ssSinr[square]! / 10 - 2.839)).toBeLessThanOrEqual(HALF_TENTH);
});

test('whole power units and tenths agree with every row of nr_sinr.csv to their rounding', () => {
  const { rows } = readVectors('nr_sinr.csv');
  const numbers = (text = ''): number[] => text.split(' ').filter(Boolean).map(Number);
  const worst = worstDifference(rows, (row) => {
    const loads = numbers(row.loads);
    const othersMw = numbers(row.rsrp_interferers_dbm)
      .map((dbm, i) => UNIT_MW * loads[i]! * unitsOf(dbm * 10))
      .reduce((sum, part) => sum + part, power(numberIn(row, 'noise_per_re_dbm')));
    return sinrTenths(numberIn(row, 'rsrp_serving_dbm') * 10, othersMw) / 10 - numberIn(row, 'sinr_db');
  });
  expect(worst.size, worst.row).toBeLessThanOrEqual(HALF_TENTH);
  expect(rows.length).toBeGreaterThan(5);
});

test('the other two sectors of a macro interfere with the third', () => {
  const macro = station('a', 510, 10, n78.macro, 30);
  const quality = computeQuality(open, [macro]);
  const levels = levelsOf(open, macro);
  const sectorLoss = (azimuthDeg: number, towardsDeg: number, elevationDeg: number): number =>
    antennaLossDb(
      {
        antenna: { kind: 'panel', ...n78.macro },
        azimuthDeg,
        mechanicalTiltDeg: 0,
        electricalTiltDeg: n78.macro.downtiltDeg,
      },
      towardsDeg,
      elevationDeg,
    );
  for (const [eastM, northM] of [
    [510, 810],
    [710, 510],
    [910, 250],
    [210, 190],
  ] as const) {
    const square = squareAt(open, eastM, northM);
    const towardsDeg = (Math.atan2(eastM - 510, northM - 10) * 180) / Math.PI;
    const elevationDeg = (-Math.atan2(28.5, Math.hypot(eastM - 510, northM - 10)) * 180) / Math.PI;
    const losses = [0, 120, 240].map((azimuthDeg) => sectorLoss(azimuthDeg, towardsDeg, elevationDeg));
    const best = Math.min(...losses);
    const level = levels[square]! / 10;
    const others = losses.filter((loss) => loss !== best).map((loss) => power(level + best - loss));
    const expected = level - 10 * Math.log10(others.reduce((sum, part) => sum + part, power(NOISE_DBM)));
    expect(Math.abs(quality.ssSinr[square]! / 10 - expected), `${eastM} ${northM}`).toBeLessThan(0.2);
  }
});

test('one table turned to an azimuth is the table of that sector', () => {
  const sector = (azimuthDeg: number) => ({
    antenna: { kind: 'panel', ...n78.macro } as const,
    azimuthDeg,
    mechanicalTiltDeg: 4,
    electricalTiltDeg: 6,
  });
  const north = makeGainTable([sector(0)]).lossDb;
  const turned = makeGainTable([sector(75)]).lossDb;
  const read = { lossDb: north, azimuthSteps: 150 };
  const straight = { lossDb: turned, azimuthSteps: 0 };
  for (let direction = 0; direction <= 720; direction += 7.3)
    for (let elevation = 0; elevation < 360; elevation += 11.7)
      expect(sectorLossDb(read, elevation, direction)).toBeCloseTo(
        sectorLossDb(straight, elevation, direction),
        4,
      );
});

test("a steered neighbour is heard 8 dB below its traffic gain, and data are sent with the server's own", () => {
  const square = squareAt(open, 510, 510);
  const steered = { ...allRound, ports: 64, ssbGainDbi: 17, trafficGainDbi: 24 };
  const pair = [
    heardAt(open, square, -800, station('a', 310, 510, steered)),
    heardAt(open, square, -800, station('b', 710, 510, steered)),
  ];
  // Signal 7 dB above the SSB, neighbour 24 - 17 - 8 = -1 dB against it.
  expect(computeQuality(open, pair, { load: 1, indoorBuilding: 'low' }).pdschSinr[square]).toBe(80);
});

test('one more site never raises the SS-SINR of a bin whose strongest sector stays', () => {
  let kept = 0;
  fc.assert(
    fc.property(someStations, coordinate, coordinate, kind, (stations, eastM, northM, of) => {
      const more = [...stations, station('z', eastM, northM, forms[of])];
      const before = computeQuality(open, stations);
      const after = computeQuality(open, more);
      const [server, newServer] = [bestOf(open, stations, 2).siteId, bestOf(open, more, 2).siteId];
      server.forEach((siteId, square) => {
        if (siteId === null || newServer[square] !== siteId) return;
        kept++;
        if (before.ssSinr[square] === NO_LEVEL) return;
        expect(after.ssSinr[square]!).toBeLessThanOrEqual(before.ssSinr[square]!);
        expect(after.pdschSinr[square]!).toBeLessThanOrEqual(before.pdschSinr[square]!);
      });
    }),
    seeded,
  );
  expect(kept).toBeGreaterThan(1000);
});

test('SS-SINR does not know the load, data SINR and rate fall with it', () => {
  const stations = [station('a', 310, 510), station('b', 710, 510), station('c', 510, 210, n78.macro, 30)];
  const [none, half, full] = [0, 0.5, 1].map((load) =>
    computeQuality(built, stations, { load, indoorBuilding: 'low' }),
  ) as [CoverageQuality, CoverageQuality, CoverageQuality];
  expect(half.ssSinr).toEqual(none.ssSinr);
  expect(full.ssSinr).toEqual(none.ssSinr);
  let fell = 0;
  none.pdschSinr.forEach((sinr, square) => {
    expect(half.pdschSinr[square]!).toBeLessThanOrEqual(sinr);
    expect(full.pdschSinr[square]!).toBeLessThanOrEqual(half.pdschSinr[square]!);
    expect(full.downlinkMbps[square]!).toBeLessThanOrEqual(none.downlinkMbps[square]!);
    if (full.pdschSinr[square]! < half.pdschSinr[square]!) fell++;
  });
  expect(fell).toBeGreaterThan(500);
  for (const load of [-0.1, 1.1, Number.NaN])
    expect(() => computeQuality(open, stations, { load, indoorBuilding: 'low' })).toThrow(RangeError);
});

test('any order of the open sites gives the same bytes, with and without buildings', () => {
  for (const model of [open, built])
    fc.assert(
      fc.property(
        someStations.chain((stations) =>
          fc.tuple(
            fc.constant(stations),
            fc.shuffledSubarray(stations, { minLength: stations.length, maxLength: stations.length }),
          ),
        ),
        ([stations, shuffled]) => {
          expect(bytesOf(computeQuality(model, shuffled))).toBe(bytesOf(computeQuality(model, stations)));
        },
      ),
      { ...seeded, numRuns: 6 },
    );
});

test('the rate is that of the data SINR on the carrier and grows with it', () => {
  const stations = [station('a', 310, 510, n78.pole), station('c', 510, 210, n78.macro, 30)];
  const { pdschSinr, downlinkMbps } = computeQuality(open, stations);
  const squares = [...pdschSinr.keys()].filter((square) => pdschSinr[square] !== NO_LEVEL);
  squares.sort((a, b) => pdschSinr[a]! - pdschSinr[b]!);
  squares.forEach((square, i) => {
    expect(downlinkMbps[square]).toBe(Math.round(downlinkRateMbps(pdschSinr[square]! / 10, n78)));
    if (i > 0) expect(downlinkMbps[square]!).toBeGreaterThanOrEqual(downlinkMbps[squares[i - 1]!]!);
  });
  expect(downlinkMbps[squares.at(-1)!]!).toBeGreaterThan(downlinkMbps[squares[0]!]!);
});

test('indoors the level is lower by the wall and half a decibel per metre of mean depth', () => {
  const stations = [station('a', 310, 510), station('c', 510, 210, n78.macro, 30)];
  const { level } = bestOf(built, stations);
  for (const indoorBuilding of ['low', 'high'] as const) {
    const { indoorLevel } = computeQuality(built, stations, { load: 0.5, indoorBuilding });
    // Low 12.6975 dB and high 26.8498 dB at 3.5 GHz (propagation reference 3.5), 25/3 m deep.
    const lossDb = (indoorBuilding === 'low' ? 12.6975 : 26.8498) + 25 / 6;
    expect(wallLossDb(indoorBuilding, 3.5) + 25 / 6).toBeCloseTo(lossDb, 3);
    level.forEach((tenths, square) => {
      if (tenths === NO_LEVEL) return;
      expect(indoorLevel[square]!).toBeLessThan(tenths);
      expect(indoorLevel[square]).toBe(tenths - Math.round(lossDb * 10));
    });
  }
});

test('a bin wholly under a roof has the indoor level of the nearest street and nothing else', () => {
  const stations = [station('a', 510, 790)];
  const { grid } = built;
  const quality = computeQuality(built, stations);
  // The hall spans 300..700 by 820..980 m: its outermost bins lie next to the street.
  const inHall = squareAt(built, 510, 830);
  const street = squareAt(built, 510, 810);
  expect(grid.indoor[grid.binAt[inHall]!]).toBe(1);
  expect(grid.indoor[grid.binAt[street]!]).toBe(0);
  expect(quality.indoorLevel[inHall]).toBe(quality.indoorLevel[street]);
  expect(quality.indoorLevel[inHall]).not.toBe(NO_LEVEL);
  expect(quality.ssSinr[inHall]).toBe(NO_LEVEL);
  expect(quality.uplinkMargin[inHall]).toBe(NO_LEVEL);
  expect([quality.downlinkMbps[inHall], quality.servers[inHall]]).toEqual([0, 0]);
});

test('servers are the sites whose level at the bin reaches the threshold', () => {
  fc.assert(
    fc.property(someStations, (stations) => {
      const { servers } = computeQuality(built, stations);
      const naive = new Uint8Array(servers.length);
      for (const one of stations)
        levelsOf(built, one).forEach((tenths, square) => {
          if (tenths >= -1050) naive[square] = naive[square]! + 1;
        });
      expect(servers).toEqual(naive);
    }),
    seeded,
  );
});

test('a site beyond its service radius interferes and never serves', () => {
  const far = station('far', 10, 510);
  const near = station('near', 710, 510);
  const square = squareAt(open, 510, 510);
  expect(levelsOf(open, far)[square]).toBe(NO_LEVEL);
  const alone = computeQuality(open, [far]);
  expect([alone.ssSinr[square], alone.servers[square]]).toEqual([NO_LEVEL, 0]);
  const [quiet, disturbed] = [computeQuality(open, [near]), computeQuality(open, [near, far])];
  expect(disturbed.ssSinr[square]!).toBeLessThan(quiet.ssSinr[square]!);
  expect(disturbed.indoorLevel[square]).toBe(quiet.indoorLevel[square]);
});

test('listening farther changes no level inside the service radius', () => {
  for (const model of [open, built, hilly])
    for (const form of [n78.pole, { ...n78.macro, serviceRadiusM: 300 }]) {
      const { place } = station('a', 430, 330, form, 12);
      const near = computeSiteLevels(model, place);
      const far = computeSiteLevels(model, place, 2 * form.serviceRadiusM);
      const farLevel = new Map([...far.bins].map((bin, i) => [bin, far.level[i]!]));
      expect(far.bins.length).toBeGreaterThan(near.bins.length);
      expect([...near.bins].map((bin) => farLevel.get(bin))).toEqual([...near.level]);
    }
});

test('beyond the service radius hills count by blocks of 60 m, near those of the bin itself', () => {
  const near = { ...allRound, serviceRadiusM: 300 };
  const whole = { ...allRound, serviceRadiusM: 900 };
  const byBlocks = computeSiteLevels(hilly, station('a', 150, 150, near).place, 900);
  const byBins = computeSiteLevels(hilly, station('a', 150, 150, whole).place, 900);
  const flat = computeSiteLevels(open, station('a', 150, 150, whole).place, 900);
  expect(byBlocks.bins).toEqual(byBins.bins);
  const apart = [...byBins.level.keys()].map((i) => Math.abs(byBlocks.level[i]! - byBins.level[i]!));
  const hidden = [...byBins.level.keys()].map((i) => Math.abs(flat.level[i]! - byBins.level[i]!));
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(mean(apart)).toBeGreaterThan(0);
  expect(mean(apart)).toBeLessThan(mean(hidden) / 4);
});

test('whoever throws while it is told of stations stops the work', () => {
  const stations = Array.from({ length: 9 }, (_, i) => station(`s${i}`, 100 * i + 50, 510));
  const told: number[] = [];
  const stop = new Error('stop');
  const work = () =>
    computeQuality(open, stations, defaultRadioQuality, (done) => {
      told.push(done);
      if (done > 0) throw stop;
    });
  expect(work).toThrow(stop);
  expect(told).toEqual([0, 1]);
});

function aSite(id: string, eastM: number, northM: number, structure: 'pole' | 'roof'): Site {
  return {
    id,
    code: id,
    name: id,
    resourceType: structure === 'pole' ? '路灯杆' : '政府机关',
    structure,
    position: at(eastM, northM),
    heightM: structure === 'pole' ? 8 : 30,
    azimuthsDeg: null,
    electricalTiltDeg: null,
    mechanicalTiltDeg: null,
    status: 'candidate',
    costCny: 60_000,
    owner: '',
    freeStatus: null,
    powerMode: null,
    buildMode: '改造',
    districtCode: '',
    townCode: '',
  };
}

function aPlan() {
  const input: PlanInput = {
    areas: [{ id: 'a', name: '片区', kind: '商圈', geometry: rectangle(0, 0, 1000, 1000) }],
    districts: [],
    sites: Array.from({ length: 25 }, (_, i) => ({
      ...aSite(
        `s${String(i).padStart(2, '0')}`,
        200 * (i % 5) + 100,
        200 * Math.floor(i / 5) + 100,
        i % 6 ? 'pole' : 'roof',
      ),
      status: i % 4 === 1 ? 'existing' : 'candidate',
    })),
    buildings: buildingsOf([140, 120, 260, 180, 20], [540, 520, 660, 580, 30]),
    terrain: [],
    clutter: [],
    demand: null,
    excluded: [],
    profileId: 'n78',
    thresholdDbm: -95,
    binSizeM: 20,
    weightBy: 'area',
    roads: [],
    keyAreas: [],
    corridors: [],
    configurations: [],
    radio: plainRadio,
  };
  const rule = findCoverageRule('连续覆盖')!;
  const prepared = prepareCoverage(input);
  const told: { done: number; total: number }[] = [];
  const plan = makePlan(
    prepared,
    {
      ...plainChoice,
      rule,
      targetShare: 0.99,
      budgetCny: null,
      maxSites: null,
      refusedSiteIds: [],
      lockedSiteIds: [],
    },
    ({ step, done, total }) => {
      if (step === 'plan') told.push({ done, total });
    },
  );
  return { prepared, plan, told };
}

test("a plan's quality has the level and the server of its raster", () => {
  const { prepared, plan } = aPlan();
  const { raster } = plan;
  const quality = raster.quality!;
  const seen = new Set<string>();
  raster.level.forEach((tenths, square) => {
    if (raster.server[square] === NO_SERVER) {
      expect(quality.ssSinr[square]).toBe(NO_LEVEL);
      return;
    }
    expect(quality.indoorLevel[square]).toBe(tenths - Math.round((12.6975 + 25 / 6) * 10));
    const siteId = raster.siteIds[raster.server[square]!]!;
    const { form } = prepared.places[prepared.siteIndexes.get(siteId)!]!;
    seen.add(form.model);
    // MAPL of 26 dBm on 20 blocks, noise figure 3.5 dB, -3 dB (propagation reference 10.4), with the gain of the server's form.
    const mostLossDb = 154.93 - 24 + form.trafficGainDbi - form.feederLossDb;
    const lossDb =
      powerPerElementDbm(form.totalPowerDbm, 273) + form.ssbGainDbi - form.feederLossDb - tenths / 10;
    expect(Math.abs(quality.uplinkMargin[square]! / 10 - (mostLossDb - lossDb))).toBeLessThanOrEqual(0.06);
  });
  expect(seen).toEqual(new Set(['UMa', 'UMi']));
});

test('the shares of a summary recount from raster and weights', () => {
  const { prepared, plan, told } = aPlan();
  const quality = plan.raster.quality!;
  const { grid } = prepared;
  const shareWhere = (holds: (square: number) => boolean): number => {
    let weight = 0;
    for (let square = 0; square < quality.ssSinr.length; square++) {
      const bin = grid.binAt[square]!;
      if (bin >= 0 && grid.indoor[bin] === 0 && holds(square)) weight += grid.weight[bin]!;
    }
    return weight / grid.totalWeight;
  };
  const { summary } = plan;
  expect(summary.quality).toMatchObject({ load: 0.5, indoorBuilding: 'low' });
  expect(summary.quality.ssSinrShare).toBeCloseTo(
    shareWhere((square) => quality.ssSinr[square]! >= -30),
    12,
  );
  expect(summary.quality.ssSinrStrictShare).toBeCloseTo(
    shareWhere((square) => quality.ssSinr[square]! >= 0),
    12,
  );
  expect(summary.quality.uplinkShare).toBeCloseTo(
    shareWhere((square) => quality.uplinkMargin[square]! >= 0),
    12,
  );
  expect(summary.quality.indoorShare).toBeCloseTo(
    shareWhere((square) => quality.indoorLevel[square]! >= -950),
    12,
  );
  expect(summary.quality.overlapShare).toBeCloseTo(
    shareWhere((square) => quality.servers[square]! > 1),
    12,
  );
  expect(summary.quality.ssSinrShare).toBeGreaterThan(summary.quality.ssSinrStrictShare);
  expect(summary.quality.meanDownlinkMbps).toBeGreaterThan(0);
  told.slice(1).forEach(({ done, total }, i) => {
    expect(done).toBeGreaterThanOrEqual(told[i]!.done);
    expect(total).toBe(told[i]!.total);
  });
  expect(told.at(-1)!.done).toBe(told.at(-1)!.total);
});

test('a raster keeps its quality through bytes, and one without it stays without', () => {
  const { raster } = aPlan().plan;
  expect(decodeRaster(encodeRaster(raster))).toEqual(raster);
  const older = { ...raster, quality: null };
  expect(decodeRaster(encodeRaster(older))).toEqual(older);
});

test('a phone stays on the strongest sector even where that was not planned to serve', () => {
  const near = heardAt(open, squareAt(open, 510, 510), -1180, station('near', 210, 510));
  const far = station('far', 510 - 480, 510);
  const square = squareAt(open, 510, 510);
  expect(levelsOf(open, far)[square]).toBe(NO_LEVEL);
  const heard = levelsOf(open, far, 2)[square]!;
  expect(heard).toBeGreaterThan(-1180);
  const quality = computeQuality(open, [near, far]);
  const alone = computeQuality(open, [near]);
  // Not below 0 dB against a neighbour it could move to, and never a server of its own where none was planned.
  expect(quality.ssSinr[square]!).toBeGreaterThan(0);
  expect(quality.indoorLevel[square]).toBe(alone.indoorLevel[square]);
});
