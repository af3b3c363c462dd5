// Every propagation model from the choice to the level of a bin: the formula itself, buildings counted once, hills added to
// the closed formulas alone, ranges marked.
import { describe, expect, test } from 'vitest';
import {
  type BuildingSet,
  type CoverageModel,
  computeLinkBudget,
  computePlan,
  computeSiteLevels,
  cost231PathLossDb,
  findEquipmentProfile,
  flatGroundLossDb,
  hataPathLossDb,
  MEDIAN_EARTH_RADIUS_KM,
  NO_SERVER,
  type P1812Profile,
  p1411SiteGeneralLoss,
  p1411StreetCanyonLoss,
  p1812LossDb,
  plainRadio,
  powerPerElementDbm,
  rmaPathLossDb,
  type SightState,
  type StationForm,
  type StationModel,
  type StationPlace,
  shadowSigmaDb,
  terrainExcessDb,
  umaPathLossDb,
  umiPathLossDb,
} from '../../../engine/index.ts';
import { allRound, buildingsOf, ORIGIN_EAST_M, ORIGIN_NORTH_M, zone } from '../../support/flat-ground.ts';
import { groundRaster } from '../../support/ground-raster.ts';
import { aChoice, aMesh, anInput, blocks } from '../plan/a-place.ts';
import { distanceTo, modelOf, n78, place } from './a-model.ts';

const HEIGHT_M = 12;
const USER_M = 1.5;
const PEAK_DBM = powerPerElementDbm(43, 273) + 8;
type ClosedModel = Exclude<StationModel, 'P1812'>;
const closedModels: readonly ClosedModel[] = ['UMa', 'UMi', 'RMa', 'P1411', 'Hata'];

/** The formulas named one by one, not through the switch that is under test. */
function lossOf(model: ClosedModel, state: SightState, distance2dM: number, roadHeightM = 0): number {
  const link = {
    state,
    distance2dM,
    baseHeightM: HEIGHT_M,
    userHeightM: USER_M,
    frequencyGhz: n78.frequencyGhz,
  };
  if (model === 'UMa') return umaPathLossDb(link);
  if (model === 'UMi') return umiPathLossDb(link);
  if (model === 'RMa') return rmaPathLossDb({ ...link, buildingHeightM: 5, streetWidthM: 20 });
  if (model === 'Hata') {
    const frequencyMhz = n78.frequencyGhz * 1000;
    const hata = { frequencyMhz, baseHeightM: HEIGHT_M, userHeightM: USER_M, distanceKm: distance2dM / 1000 };
    return cost231PathLossDb(hata, 'medium');
  }
  const distanceM = Math.hypot(distance2dM, HEIGHT_M - USER_M);
  const { medianDb } = p1411StreetCanyonLoss({ ...link, distanceM, roadHeightM });
  if (state === 'LOS') return medianDb;
  const hidden = p1411SiteGeneralLoss({
    edition: 'P.1411-12',
    place: 'below-roof-high-rise-nlos',
    distance3dM: distanceM,
    frequencyGhz: n78.frequencyGhz,
  });
  return Math.max(medianDb, hidden.lossDb);
}

const stationOf = (model: StationModel, more: Partial<StationForm> = {}): StationPlace =>
  place(503.3, 498.1, { ...allRound, model, ...more }, HEIGHT_M);

interface HeardBin {
  readonly distanceM: number;
  readonly eastM: number;
  readonly northM: number;
  readonly tenths: number;
  readonly seen: boolean;
}

function heardBins(model: CoverageModel, station: StationPlace): HeardBin[] {
  const { bins, level, seen } = computeSiteLevels(model, station);
  return [...bins].map((id, index) => ({
    distanceM: distanceTo(model, id, station),
    eastM: model.grid.receiverEastM[id]!,
    northM: model.grid.receiverNorthM[id]!,
    tenths: level[index]!,
    seen: seen[index] === 1,
  }));
}

describe.each(closedModels)('%s', (model) => {
  // Two houses: behind them receivers are hidden, everywhere else in sight.
  const houses = (heightM: number): BuildingSet =>
    buildingsOf([300, 560, 700, 580, heightM], [560, 300, 580, 420, heightM]);

  test('in sight and hidden the level is the formula to a tenth of a dB', () => {
    for (const roadHeightM of model === 'P1411' ? [0, 1.3] : [0]) {
      const station = stationOf(model, { roadHeightM });
      const heard = heardBins(modelOf({ buildings: houses(40) }), station).filter(
        ({ distanceM }) => distanceM >= 12,
      );
      const hidden = heard.filter(({ seen }) => !seen);
      expect(hidden.length).toBeGreaterThan(150);
      expect(heard.length - hidden.length).toBeGreaterThan(500);
      for (const { distanceM, tenths, seen } of heard) {
        const expected = PEAK_DBM - lossOf(model, seen ? 'LOS' : 'NLOS', distanceM, roadHeightM);
        expect(Math.abs(tenths / 10 - expected)).toBeLessThan(0.1);
      }
    }
  });

  test('a building counts once: one that hides already may be twice as high', () => {
    const low = heardBins(modelOf({ buildings: houses(60) }), stationOf(model));
    const high = heardBins(modelOf({ buildings: houses(120) }), stationOf(model));
    const hidden = low.flatMap((bin, at) => (bin.seen ? [] : [at]));
    expect(hidden.length).toBeGreaterThan(150);
    for (const at of hidden) expect(high[at]).toEqual(low[at]);
  });

  test('clutter classes add nothing', () => {
    const plain = heardBins(modelOf(), stationOf(model));
    expect(heardBins(modelOf({ clutter: [forest()] }), stationOf(model))).toEqual(plain);
  });

  test('a hill takes the terrain excess from the level and nothing else', () => {
    // A ridge of 25 m across the east, as wide as a sample of the terrain.
    const ridge = groundRaster((eastM) => (eastM > 620 && eastM < 680 ? 25 : 0), 10);
    const hilly = modelOf({ terrain: [ridge] });
    const station = stationOf(model);
    let behind = 0;
    for (const { distanceM, eastM, northM, tenths, seen } of heardBins(hilly, station)) {
      if (eastM < ORIGIN_EAST_M + 720) continue;
      behind++;
      const excessDb = excessOver(hilly, station, eastM, northM);
      expect(excessDb).toBeGreaterThan(3);
      const expected = PEAK_DBM - lossOf(model, seen ? 'LOS' : 'NLOS', distanceM) - excessDb;
      expect(Math.abs(tenths / 10 - expected)).toBeLessThan(0.1);
    }
    expect(behind).toBeGreaterThan(100);
  });

  test('the link budget has the level of the map and names model and state', () => {
    const covered = modelOf({ buildings: houses(40) });
    const station = stationOf(model);
    for (const { eastM, northM, tenths, seen } of heardBins(covered, station).filter(
      (_, at) => at % 41 === 0,
    )) {
      const budget = computeLinkBudget(covered, station, { eastM, northM }, 's');
      expect(budget.model).toBe(model);
      expect(budget.state).toBe(seen ? 'LOS' : 'NLOS');
      expect(budget.sigmaDb).toBe(shadowSigmaDb(model, seen ? 'LOS' : 'NLOS'));
      expect(budget.lines.find(({ key }) => key === 'level')!.value).toBeCloseTo(tenths / 10, 6);
    }
  });
});

test('Hata knows no buildings: the level behind a wall is that over open ground', () => {
  const wall = buildingsOf([300, 560, 700, 580, 40]);
  const walled = heardBins(modelOf({ buildings: wall }), stationOf('Hata'));
  const free = walled.filter(({ northM }) => northM > ORIGIN_NORTH_M + 600);
  expect(free.length).toBeGreaterThan(100);
  const openAt = new Map(
    heardBins(modelOf(), stationOf('Hata')).map((bin) => [`${bin.eastM} ${bin.northM}`, bin.tenths]),
  );
  for (const bin of free) expect(bin.tenths).toBe(openAt.get(`${bin.eastM} ${bin.northM}`));
});

test('below 1.5 GHz Hata is the older formula', () => {
  const n28 = findEquipmentProfile('n28')!;
  const model = modelOf({ profile: n28 });
  const peakDbm = powerPerElementDbm(43, 160) + 8;
  for (const { distanceM, tenths } of heardBins(model, stationOf('Hata'))) {
    if (distanceM < 12) continue;
    const link = {
      frequencyMhz: 773,
      baseHeightM: HEIGHT_M,
      userHeightM: USER_M,
      distanceKm: distanceM / 1000,
    };
    expect(Math.abs(tenths / 10 - (peakDbm - hataPathLossDb(link, 'urban', 'medium')))).toBeLessThan(0.1);
  }
});

describe('P1812', () => {
  const p1812 = modelOf({ buildings: null, terrain: [groundRaster(() => 40)], binSizeM: 50 });

  test('over open ground the level is the recommendation over a profile of other samples, to a tenth of a dB', () => {
    const heard = heardBins(p1812, stationOf('P1812')).filter(({ distanceM }) => distanceM > 100);
    expect(heard.length).toBeGreaterThan(150);
    for (const { distanceM, tenths } of heard.filter((_, at) => at % 7 === 0)) {
      const expected =
        PEAK_DBM -
        lossOver(
          p1812,
          profileOf(distanceM, 5, () => [40, 0]),
        );
      expect(Math.abs(tenths / 10 - expected)).toBeLessThan(0.1);
    }
  });

  test('hills and houses enter by the profile alone: no state, no terrain excess', () => {
    const ridge = (alongM: number) => (alongM > 120 && alongM < 180 ? 25 : 0);
    const ground = groundRaster((eastM) => ridge(eastM - 503.3), 10);
    const house = buildingsOf([740, 0, 760, 1000, 20]);
    const model = modelOf({ buildings: house, terrain: [ground], binSizeM: 50 });
    const station = stationOf('P1812');
    const behind = heardBins(model, station).filter(
      ({ eastM, northM }) => eastM > ORIGIN_EAST_M + 800 && Math.abs(northM - ORIGIN_NORTH_M - 498.1) < 30,
    );
    expect(behind.length).toBeGreaterThanOrEqual(2);
    for (const { distanceM, eastM, northM, tenths, seen } of behind) {
      const shrink = (eastM - station.eastM) / distanceM;
      const expected = lossOver(
        model,
        profileOf(distanceM, 1, (at) => [
          ridge(at * shrink),
          at * shrink > 740 - 503.3 && at * shrink < 760 - 503.3 ? 20 : 0,
        ]),
      );
      // The map samples every 10 to 30 m, this profile every metre.
      expect(Math.abs(tenths / 10 - (PEAK_DBM - expected))).toBeLessThan(3);
      expect(seen).toBe(true);
      const budget = computeLinkBudget(model, station, { eastM, northM }, 's');
      expect(budget.state).toBe('profile');
      expect(budget.lines.map(({ key }) => key)).not.toContain('terrainLoss');
      const lineOf = (key: string) => budget.lines.find((line) => line.key === key)!.value;
      expect(lineOf('level')).toBeCloseTo(tenths / 10, 6);
      expect(Math.abs(PEAK_DBM - lineOf('pathLoss') - lineOf('level'))).toBeLessThan(0.051);
    }
  });

  test('clutter weakens where there is no house', () => {
    const open = heardBins(modelOf({ buildings: null, binSizeM: 50 }), stationOf('P1812'));
    const wooded = heardBins(
      modelOf({ buildings: null, clutter: [forest()], binSizeM: 50 }),
      stationOf('P1812'),
    );
    const far = wooded.flatMap((bin, at) => (bin.distanceM > 200 ? [bin.tenths - open[at]!.tenths] : []));
    expect(far.length).toBeGreaterThan(50);
    expect(Math.max(...far)).toBeLessThan(-30);
  });
});

describe('ranges', () => {
  const marksOf = (radio: Partial<typeof plainRadio>, profileId = 'n78', heightM = 10) => {
    const plan = computePlan(
      anInput({
        sites: aMesh(600, 600, 200, { heightM }),
        buildings: blocks(600, 600),
        radio: { ...plainRadio, ...radio },
        profileId,
      }),
      aChoice({ targetShare: 0.3 }),
    );
    const { server } = plan.raster;
    return {
      served: server.reduce((count, index) => count + (index === NO_SERVER ? 0 : 1), 0),
      marks: Object.fromEntries(
        plan.summary.outOfRange.map((mark) => [`${mark.model} ${mark.quantity}`, mark.bins]),
      ),
    };
  };

  test('a pole of 10 m under UMi is outside nothing but the first ten metres', () => {
    const { marks } = marksOf({});
    expect(Object.keys(marks).filter((key) => key !== 'UMi distance')).toEqual([]);
  });

  test('a pole of 6 m is lower than UMi states, in every served bin', () => {
    const { served, marks } = marksOf({}, 'n78', 6);
    expect(marks['UMi baseHeight']).toBe(served);
    expect(served).toBeGreaterThan(100);
  });

  test('COST 231 at 3.5 GHz from a low pole is outside by frequency, distance and height everywhere', () => {
    const { served, marks } = marksOf({ poleModel: 'Hata' });
    expect(marks).toEqual({ 'Hata baseHeight': served, 'Hata distance': served, 'Hata frequency': served });
  });

  test('Hata at 773 MHz is inside by frequency', () => {
    expect(marksOf({ poleModel: 'Hata' }, 'n28').marks).not.toHaveProperty('Hata frequency');
  });

  test('P.1411 is inside in sight up to 1 km and hidden from 30 to 715 m', () => {
    const { served, marks } = marksOf({ poleModel: 'P1411' });
    expect(marks['P1411 distance'] ?? 0).toBeLessThan(served / 20);
    expect(marks).not.toHaveProperty('P1411 baseHeight');
    expect(marks).not.toHaveProperty('P1411 frequency');
    expect(marksOf({ poleModel: 'P1411' }, 'n28').marks['P1411 frequency']).toBeGreaterThan(0);
  });

  test('P.1812 marks what is nearer than 250 m', () => {
    const { served, marks } = marksOf({ poleModel: 'P1812' });
    expect(Object.keys(marks)).toEqual(['P1812 distance']);
    expect(marks['P1812 distance']).toBeGreaterThan(served / 4);
  });
});

function forest() {
  const { heightM, ...frame } = groundRaster(() => 0);
  return { ...frame, id: 'forest', classCode: new Uint8Array(heightM.length).fill(4) };
}

/** The excess of the reference: ground read from the surface at most 30 m apart. */
function excessOver(model: CoverageModel, from: StationPlace, eastM: number, northM: number): number {
  const surface = model.surface!;
  const length = Math.hypot(eastM - from.eastM, northM - from.northM);
  const steps = Math.ceil(length / 30);
  const ground = Float64Array.from({ length: steps + 1 }, (_, step) => {
    const east = from.eastM + (step / steps) * (eastM - from.eastM);
    const north = from.northM + (step / steps) * (northM - from.northM);
    const column = Math.floor((east - surface.westM) / surface.cellM);
    const row = Math.floor((surface.northM - north) / surface.cellM);
    return surface.groundM![row * surface.columns + column]!;
  });
  const link = {
    txHeightM: from.heightM,
    rxHeightM: USER_M,
    frequencyGhz: n78.frequencyGhz,
    effectiveEarthRadiusKm: MEDIAN_EARTH_RADIUS_KM,
  };
  const stepM = length / steps;
  return terrainExcessDb(ground, steps + 1, stepM, link, flatGroundLossDb(steps + 1, stepM, link));
}

function profileOf(
  lengthM: number,
  stepM: number,
  at: (alongM: number) => readonly [groundM: number, clutterM: number],
): P1812Profile {
  const steps = Math.max(5, Math.round(lengthM / stepM));
  const along = Array.from({ length: steps + 1 }, (_, step) => (lengthM * step) / steps);
  return {
    distanceKm: Float64Array.from(along, (alongM) => alongM / 1000),
    groundM: Float64Array.from(along, (alongM) => at(alongM)[0]),
    clutterM: Float64Array.from(along, (alongM, step) => (step === 0 || step === steps ? 0 : at(alongM)[1])),
  };
}

function lossOver({ grid, profile: equipment }: CoverageModel, profile: P1812Profile): number {
  return p1812LossDb({
    profile,
    frequencyGhz: equipment.frequencyGhz,
    timePercent: 50,
    polarisation: 'vertical',
    txHeightM: HEIGHT_M,
    rxHeightM: USER_M,
    latitudeDeg: zone.toDegrees(grid.westM + 500, grid.northM - 500)[1],
  });
}
