// What must hold for levels whatever the numbers are: symmetry, antenna height over open ground, sight between its two states.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type BuildingSet,
  type CoverageModel,
  computeSiteLevels,
  effectiveBreakpointM,
  type StationForm,
  type StationPlace,
} from '../../../engine/index.ts';
import { allRound, buildingsOf, ORIGIN_EAST_M, ORIGIN_NORTH_M } from '../../support/flat-ground.ts';
import { distanceTo, modelOf, n78, openGround, place } from './a-model.ts';

type Box = [west: number, south: number, east: number, north: number, heightM: number];
const boxes: Box[] = [
  [300, 540, 700, 560, 40],
  [205, 215, 260, 300, 30],
  [620, 400, 680, 470, 12],
  [480, 120, 530, 340, 22],
  [760, 700, 900, 730, 9],
];

/**
 * Bins of 15 m have their centres in the middle of a surface cell; those of 20 m on its corner, where a turn may pick another
 * cell. This point is a corner of both lattices.
 */
const BIN_M = 15;
const CENTRE = [500, 505] as const;

/** About the centre, clockwise by quarters. */
function turned(eastM: number, northM: number, quarters: number): [number, number] {
  let [east, north] = [eastM - CENTRE[0], northM - CENTRE[1]];
  for (let turn = 0; turn < quarters; turn++) [east, north] = [north, -east];
  return [CENTRE[0] + east, CENTRE[1] + north];
}

function turnedBuildings(quarters: number): BuildingSet {
  return buildingsOf(
    ...boxes.map(([west, south, east, north, heightM]): Box => {
      const [a, b] = turned(west, south, quarters);
      const [c, d] = turned(east, north, quarters);
      return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d), heightM];
    }),
  );
}

test.each([1, 2, 3])('station and ground turned by %i quarters turn the map', (quarters) => {
  const level = modelOf({ buildings: turnedBuildings(0), binSizeM: BIN_M });
  const turnedModel = modelOf({ buildings: turnedBuildings(quarters), binSizeM: BIN_M });
  for (const form of [n78.macro, n78.pole, allRound]) {
    const azimuthsDeg = form.azimuthsDeg.map((azimuth) => (azimuth + 90 * quarters) % 360);
    const [eastM, northM] = turned(443.7, 461.3, quarters);
    const straight = heardInOpen(level, place(443.7, 461.3, form, 25));
    const moved = heardInOpen(turnedModel, place(eastM, northM, { ...form, azimuthsDeg }, 25));
    let compared = 0;
    let hidden = 0;
    for (const { east, north, tenths, seen } of straight.values()) {
      const [toEast, toNorth] = turned(east, north, quarters);
      if (Math.min(toEast, toNorth) < 30 || Math.max(toEast, toNorth) > 970) continue;
      const other = moved.get(`${toEast} ${toNorth}`);
      compared++;
      if (seen === 0) hidden++;
      if (other?.seen !== seen || Math.abs(other.tenths - tenths) > 1)
        expect({ east, north, other }).toEqual({ east, north, other: { tenths, seen } });
    }
    expect(compared).toBeGreaterThan(1000);
    expect(hidden).toBeGreaterThan(100);
  }
});

/** What is heard at the centres of bins in the open, by metres from the south-west corner of the area. */
function heardInOpen(model: CoverageModel, site: StationPlace) {
  const { bins, level, seen } = computeSiteLevels(model, site);
  const { grid } = model;
  const found = new Map<string, { east: number; north: number; tenths: number; seen: number }>();
  bins.forEach((id, index) => {
    const east = grid.westM + (grid.binColumn[id]! + 0.5) * BIN_M;
    const north = grid.northM - (grid.binRow[id]! + 0.5) * BIN_M;
    if (grid.receiverEastM[id] !== east || grid.receiverNorthM[id] !== north) return;
    const at = { east: east - ORIGIN_EAST_M, north: north - ORIGIN_NORTH_M };
    found.set(`${at.east} ${at.north}`, { ...at, tenths: level[index]!, seen: seen[index]! });
  });
  return found;
}

/** Levels by distance of an all-round UMi antenna that sees everything. */
function levelsOf(model: CoverageModel, site: StationPlace): { distanceM: number; tenths: number }[] {
  const { bins, level } = computeSiteLevels(model, site);
  return Array.from(bins, (id, index) => ({
    distanceM: distanceTo(model, id, site),
    tenths: level[index]!,
  }));
}

const inside = fc.double({ min: 150, max: 850, noNaN: true });
const heights = fc.double({ min: 3, max: 25, noNaN: true });
const rises = fc.double({ min: 0.1, max: 10, noNaN: true });

test('over open ground a higher antenna never weakens a level beyond its breakpoint, nor strengthens one before', () => {
  const model = modelOf({ buildings: openGround });
  let beyond = 0;
  let before = 0;
  const law = fc.property(inside, inside, heights, rises, (e, n, heightM, moreM) => {
    const low = levelsOf(model, place(e, n, allRound, heightM));
    const high = levelsOf(model, place(e, n, allRound, heightM + moreM));
    const breakpointM = (antennaM: number) => effectiveBreakpointM(antennaM, 1.5, 3.5);
    return low.every(({ distanceM, tenths }, index) => {
      if (distanceM > breakpointM(heightM + moreM) + 1) {
        beyond++;
        return high[index]!.tenths >= tenths;
      }
      if (distanceM >= breakpointM(heightM) - 1) return true;
      before++;
      return high[index]!.tenths <= tenths;
    });
  });
  fc.assert(law, { seed: 1, numRuns: 40 });
  expect(Math.min(beyond, before)).toBeGreaterThan(5000);
});

test('where sight is a chance the probability lies between always seen and never seen', () => {
  // A yard of towers hides everything outside it.
  const yard: Box[] = [
    [470, 470, 530, 475, 300],
    [470, 525, 530, 530, 300],
    [470, 470, 475, 530, 300],
    [525, 470, 530, 530, 300],
  ];
  for (const form of [allRound, n78.pole, { ...n78.macro, serviceRadiusM: 400 }]) {
    for (const thresholdDbm of [-105, -90, -75, -60]) {
      const site = place(500.2, 500.4, form, 10);
      const mixed = gradesAt(modelOf({ buildings: null, thresholdDbm }), site);
      const open = gradesAt(modelOf({ buildings: openGround, thresholdDbm }), site);
      const closed = gradesAt(modelOf({ buildings: buildingsOf(...yard), thresholdDbm }), site);
      let compared = 0;
      for (const [where, { grade }] of mixed) {
        const [seen, hidden] = [open.get(where), closed.get(where)];
        if (!seen || !hidden || hidden.seen === 1) continue;
        compared++;
        expect(grade).toBeGreaterThanOrEqual(Math.min(seen.grade, hidden.grade));
        expect(grade).toBeLessThanOrEqual(Math.max(seen.grade, hidden.grade));
      }
      expect(compared).toBeGreaterThan(1000);
    }
  }
});

/** Grade and sight by the place of the receiver. */
function gradesAt(model: CoverageModel, site: StationPlace): Map<string, { grade: number; seen: number }> {
  const { bins, grade, seen } = computeSiteLevels(model, site);
  const { receiverEastM, receiverNorthM } = model.grid;
  const found = new Map<string, { grade: number; seen: number }>();
  bins.forEach((id, index) => {
    found.set(`${receiverEastM[id]} ${receiverNorthM[id]}`, { grade: grade[index]!, seen: seen[index]! });
  });
  return found;
}

test('one decibel more power is one decibel more level, to the tenth', () => {
  const law = fc.property(inside, inside, fc.integer({ min: 1, max: 100 }), (e, n, tenthsMore) => {
    const model = modelOf({ buildings: buildingsOf(...boxes) });
    const strong: StationForm = { ...allRound, totalPowerDbm: allRound.totalPowerDbm + tenthsMore / 10 };
    const weakLevels = computeSiteLevels(model, place(e, n));
    const strongLevels = computeSiteLevels(model, place(e, n, strong));
    return weakLevels.level.every(
      (tenths, index) => Math.abs(strongLevels.level[index]! - tenths - tenthsMore) <= 1,
    );
  });
  fc.assert(law, { seed: 1, numRuns: 10 });
});
