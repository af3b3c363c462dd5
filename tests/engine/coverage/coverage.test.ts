import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  computeFootprints,
  computeLinkBudget,
  computeSiteLevels,
  coverageProbability,
  GRADE_VALUE,
  gradeOf,
  powerPerElementDbm,
  type StationForm,
  type StationPlace,
  stationFormOf,
  umiPathLossDb,
} from '../../../engine/index.ts';
import { allRound, buildingsOf, ORIGIN_EAST_M, ORIGIN_NORTH_M } from '../../support/flat-ground.ts';
import { distanceTo, gradesOf, levelAt, modelOf, n78, openGround, place } from './a-model.ts';

const inside = fc.double({ min: 150, max: 850, noNaN: true });

test('the level over open ground is the formula to a tenth of a dB', () => {
  const model = modelOf();
  const site = place(503.3, 498.1);
  const { bins, level } = computeSiteLevels(model, site);
  const peakDbm = powerPerElementDbm(43, 273) + 8;
  bins.forEach((id, i) => {
    const distance2dM = distanceTo(model, id, site);
    const lossDb = umiPathLossDb({
      state: 'LOS',
      distance2dM,
      baseHeightM: 8,
      userHeightM: 1.5,
      frequencyGhz: 3.5,
    });
    expect(Math.abs(level[i]! / 10 - (peakDbm - lossDb))).toBeLessThan(0.08);
  });
  expect(bins.length).toBeGreaterThan(1200);
});

test('probability grades are those of the chance computed from the rounded level', () => {
  const model = modelOf({ thresholdDbm: -80 });
  const { level, grade } = computeSiteLevels(model, place(503.3, 498.1));
  level.forEach((tenths, i) => {
    expect(grade[i]).toBe(gradeOf(coverageProbability(tenths / 10, -80, 4)));
  });
  expect(new Set(grade).size).toBeGreaterThan(30);
});

test('a building hides the street behind it and the counts of near and seen sites say so', () => {
  const model = modelOf({ buildings: buildingsOf([300, 540, 700, 560, 40]), thresholdDbm: -90 });
  const footprints = computeFootprints(model, [place(500, 500)]);
  const { grid } = model;
  const countsAt = (eastM: number, northM: number): number[] => {
    const column = Math.floor((ORIGIN_EAST_M + eastM - grid.westM) / 20);
    const row = Math.floor((grid.northM - ORIGIN_NORTH_M - northM) / 20);
    const bin = grid.binAt[row * grid.columns + column]!;
    return [footprints.near[bin]!, footprints.seen[bin]!];
  };
  expect(countsAt(500, 300)).toEqual([1, 1]);
  expect(countsAt(500, 700)).toEqual([1, 0]);
  expect(countsAt(50, 50)).toEqual([0, 0]);
});

test('what one candidate sees another cannot unsee: order does not change the footprints', () => {
  const model = modelOf({
    buildings: buildingsOf([300, 540, 700, 560, 40], [200, 200, 260, 300, 30]),
    thresholdDbm: -85,
  });
  const a = place(500, 500);
  const b = place(500, 640);
  const forth = computeFootprints(model, [a, b]);
  const back = computeFootprints(model, [b, a]);
  expect(gradesOf(forth, 0)).toEqual(gradesOf(back, 1));
  expect(gradesOf(forth, 1)).toEqual(gradesOf(back, 0));
  expect(forth.near).toEqual(back.near);
  expect(forth.seen).toEqual(back.seen);
});

test('an antenna on a roof is not hidden by its own building', () => {
  const model = modelOf({ buildings: buildingsOf([470, 470, 530, 530, 60]) });
  const roof = place(500, 500, { ...allRound, model: 'UMa' }, 20);
  const { grade, level, seen } = computeSiteLevels(model, roof);
  const open = computeSiteLevels(modelOf(), roof);
  expect(seen.every((sight) => sight === 1)).toBe(true);
  expect(Math.min(...grade)).toBe(Math.min(...open.grade));
  expect(Math.min(...level)).toBe(Math.min(...open.level));
});

test('a macro antenna a step beside the outline of its house still stands on it, a pole does not', () => {
  const buildings = buildingsOf([470, 470, 530, 530, 60]);
  const beside = modelOf({ buildings, thresholdDbm: -80 });
  const hidden = (form: StationForm): number =>
    computeSiteLevels(beside, place(533, 500, form, 20)).seen.filter((sight) => sight === 0).length;
  expect(hidden({ ...allRound, model: 'UMa', aboveRoofs: true, serviceRadiusM: 200 })).toBe(0);
  expect(hidden({ ...allRound, serviceRadiusM: 200 })).toBeGreaterThan(0);
});

test('raising the threshold never raises a grade', () => {
  const buildings = buildingsOf([300, 540, 700, 560, 40], [200, 200, 260, 300, 30]);
  const law = fc.property(
    inside,
    inside,
    fc.integer({ min: -115, max: -70 }),
    fc.boolean(),
    (e, n, dbm, known) => {
      const lower = modelOf({ thresholdDbm: dbm, buildings: known ? buildings : null });
      const upper = { ...lower, thresholdDbm: dbm + 3, forms: new Map() };
      const less = gradesOf(computeFootprints(lower, [place(e, n)]), 0);
      const more = gradesOf(computeFootprints(upper, [place(e, n)]), 0);
      return [...more].every(([bin, grade]) => grade <= (less.get(bin) ?? 0));
    },
  );
  fc.assert(law, { seed: 1, numRuns: 25 });
});

test('raising the power never lowers a level or a grade', () => {
  const model = modelOf({ thresholdDbm: -80 });
  const mixed = modelOf({ thresholdDbm: -80, buildings: null });
  const law = fc.property(inside, inside, fc.double({ min: 0, max: 10, noNaN: true }), (e, n, moreDb) => {
    const strong = { ...allRound, totalPowerDbm: 43 + moreDb };
    return [model, mixed].every((ground) => {
      const weakLevels = computeSiteLevels(ground, place(e, n));
      const strongLevels = computeSiteLevels(ground, place(e, n, strong));
      return weakLevels.bins.every(
        (_, i) =>
          strongLevels.level[i]! >= weakLevels.level[i]! && strongLevels.grade[i]! >= weakLevels.grade[i]!,
      );
    });
  });
  fc.assert(law, { seed: 1, numRuns: 25 });
});

test('closer is never weaker over open ground around an all-round antenna', () => {
  for (const buildings of [openGround, null]) {
    const model = modelOf({ buildings });
    const law = fc.property(inside, inside, fc.double({ min: 3, max: 15, noNaN: true }), (e, n, heightM) => {
      const site = place(e, n, allRound, heightM);
      const { bins, level } = computeSiteLevels(model, site);
      const distance = (id: number): number => distanceTo(model, id, site);
      const byDistance = [...bins.keys()].sort((a, b) => distance(bins[a]!) - distance(bins[b]!));
      return byDistance.every((at, i) => i === 0 || level[at]! <= level[byDistance[i - 1]!]!);
    });
    fc.assert(law, { seed: 1, numRuns: 20 });
  }
});

test('mirrored ground and mirrored station give mirrored levels', () => {
  const boxes: [number, number, number, number, number][] = [
    [300, 540, 700, 560, 40],
    [205, 215, 260, 300, 30],
    [620, 400, 680, 470, 12],
  ];
  const mirrored = boxes.map(
    ([west, south, east, north, heightM]): [number, number, number, number, number] => [
      1000 - east,
      south,
      1000 - west,
      north,
      heightM,
    ],
  );
  const { macro } = n78;
  const form: StationForm = { ...macro, azimuthsDeg: [30, 150, 270] };
  const mirror: StationForm = { ...macro, azimuthsDeg: [330, 210, 90] };
  const [left, right] = [
    modelOf({ buildings: buildingsOf(...boxes) }),
    modelOf({ buildings: buildingsOf(...mirrored) }),
  ];
  const first = levelAt(left, place(443.7, 461.3, form, 25));
  const second = levelAt(right, place(1000 - 443.7, 461.3, mirror, 25));
  const { columns } = left.grid;
  let different = 0;
  first.forEach((level, square) => {
    const row = Math.floor(square / columns);
    const other = second[row * columns + (columns - 1 - (square % columns))] ?? null;
    if (level !== other && !(level !== null && other !== null && Math.abs(level - other) <= 1)) different++;
  });
  // Bins under roofs may pick the other of two equally near outdoor places.
  expect(different).toBeLessThanOrEqual(first.length * 0.005);
});

test('where sight is a chance the levels lie between always seen and never seen', () => {
  const model = modelOf({ buildings: null, thresholdDbm: -80 });
  const seen = modelOf({ thresholdDbm: -80 });
  const site = place(503.3, 498.1);
  const mixed = computeSiteLevels(model, site);
  const open = computeSiteLevels(seen, site);
  expect(mixed.bins).toEqual(open.bins);
  const peakDbm = powerPerElementDbm(43, 273) + 8;
  mixed.bins.forEach((id, i) => {
    expect(mixed.grade[i]!).toBeLessThanOrEqual(open.grade[i]!);
    expect(mixed.level[i]!).toBeLessThanOrEqual(open.level[i]!);
    const distance2dM = distanceTo(model, id, site);
    const hiddenDb =
      peakDbm -
      umiPathLossDb({ state: 'NLOS', distance2dM, baseHeightM: 8, userHeightM: 1.5, frequencyGhz: 3.5 });
    expect(mixed.level[i]! / 10).toBeGreaterThanOrEqual(hiddenDb - 0.08);
  });
});

test('the mixed levels agree with the chance of the link budget', () => {
  const model = modelOf({ buildings: null, thresholdDbm: -85 });
  const site = place(503.3, 498.1);
  const { bins, level, grade } = computeSiteLevels(model, site);
  for (let i = 0; i < bins.length; i += 7) {
    const id = bins[i]!;
    const receiver = { eastM: model.grid.receiverEastM[id]!, northM: model.grid.receiverNorthM[id]! };
    const budget = computeLinkBudget(model, site, receiver, 'pole');
    const lineValue = (key: string): number => budget.lines.find((line) => line.key === key)!.value;
    expect(budget.state).toBe('mixed');
    expect(lineValue('level')).toBeCloseTo(level[i]! / 10, 6);
    const chance = lineValue('probability') / 100;
    // Half a grade, and what rounding the levels of both states to 0.1 dB may move a chance.
    expect(Math.abs(GRADE_VALUE[grade[i]!]! / 10_000 - chance)).toBeLessThan(0.0032 + 0.005);
  }
  expect(new Set(grade).size).toBeGreaterThan(30);
});

test('a link budget adds up line by line and names what decided the sight', () => {
  const model = modelOf({ buildings: buildingsOf([480, 520, 520, 560, 40]) });
  const site = place(500, 400, n78.pole, 8);
  const behind = computeLinkBudget(model, site, { eastM: site.eastM, northM: site.northM + 250 }, 'pole-1');
  const aside = computeLinkBudget(model, site, { eastM: site.eastM + 250, northM: site.northM }, 'pole-1');
  expect([behind.state, aside.state]).toEqual(['NLOS', 'LOS']);
  expect([behind.sigmaDb, aside.sigmaDb]).toEqual([7.82, 4]);
  for (const { lines, siteId, distanceM } of [behind, aside]) {
    const value = Object.fromEntries(lines.map((line) => [line.key, line.value]));
    const level =
      value.perElement! + value.antennaGain! - value.patternLoss! - value.feederLoss! - value.pathLoss!;
    expect(Math.abs(level - value.level!)).toBeLessThanOrEqual(0.0501);
    expect(value.margin).toBeCloseTo(value.level! + 105, 9);
    expect(siteId).toBe('pole-1');
    expect(distanceM).toBeCloseTo(250, 6);
  }
  const far = computeLinkBudget(model, site, { eastM: site.eastM + 900, northM: site.northM }, 'pole-1');
  expect(far.distanceM).toBeCloseTo(900, 6);
});

test('three sectors hear best in front of a panel and nobody is behind all of them', () => {
  const form = stationFormOf(n78, 'tower');
  const model = modelOf();
  const site = place(500, 500, form, 25);
  const levelTowards = (bearing: number): number => {
    const turn = (bearing * Math.PI) / 180;
    const receiver = { eastM: site.eastM + 300 * Math.sin(turn), northM: site.northM + 300 * Math.cos(turn) };
    return computeLinkBudget(model, site, receiver, 't').lines.find((line) => line.key === 'level')!.value;
  };
  expect(levelTowards(0)).toBe(levelTowards(120));
  expect(levelTowards(0)).toBe(levelTowards(240));
  // Between two panels, 60° off both: 12·(60/65)² = 10.2 dB less.
  expect(levelTowards(0) - levelTowards(60)).toBeCloseTo(10.2, 0);
  expect(levelTowards(300)).toBeCloseTo(levelTowards(180), 6);
});

test('a station is not planned to serve beyond its service radius', () => {
  const model = modelOf({ thresholdDbm: -140 });
  const site = place(500, 500);
  const { bins } = computeSiteLevels(model, site);
  for (const id of bins) {
    expect(distanceTo(model, id, site)).toBeLessThanOrEqual(400);
  }
  expect(bins.length).toBe(model.grid.binRow.filter((_, id) => isWithin(model, id, site, 400)).length);
});

function isWithin(
  model: ReturnType<typeof modelOf>,
  id: number,
  site: StationPlace,
  radiusM: number,
): boolean {
  const { binColumn, receiverEastM, receiverNorthM } = model.grid;
  if (binColumn[id] === 65_535) return false;
  return (receiverEastM[id]! - site.eastM) ** 2 + (receiverNorthM[id]! - site.northM) ** 2 <= radiusM ** 2;
}

test('an antenna in the ground or without a height is refused', () => {
  const model = modelOf();
  expect(() => computeFootprints(model, [place(500, 500, allRound, 0)])).toThrow(/COVERAGE_SITE_HEIGHT/);
  expect(() => computeFootprints(model, [place(500, 500, allRound, Number.NaN)])).toThrow(
    /COVERAGE_SITE_HEIGHT/,
  );
});

test('progress ends with everything done, and throwing in it stops the run', () => {
  const model = modelOf();
  const told: number[] = [];
  computeFootprints(model, [place(500, 500), place(600, 500)], (done) => told.push(done));
  expect(told).toEqual([0, 2]);
  const stop = (): never => {
    throw new Error('stopped');
  };
  expect(() => computeFootprints(model, [place(500, 500)], stop)).toThrow('stopped');
});
