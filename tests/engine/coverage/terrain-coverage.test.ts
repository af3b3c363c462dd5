// Levels over terrain: flat ground at any height is flat ground, and a hill takes from what lies behind it and nothing else.
import { describe, expect, test } from 'vitest';
import {
  type BuildingSet,
  computeLinkBudget,
  computeSiteLevels,
  type StationPlace,
} from '../../../engine/index.ts';
import { allRound, ORIGIN_EAST_M, ORIGIN_NORTH_M } from '../../support/flat-ground.ts';
import { groundRaster } from '../../support/ground-raster.ts';
import { distanceTo, modelOf, n78, openGround, place } from './a-model.ts';

const sights: [what: string, buildings: BuildingSet | null][] = [
  ['sight is a chance', null],
  ['roofs decide', openGround],
];
const stations: [what: string, station: StationPlace][] = [
  ['a pole', place(503.3, 498.1, n78.pole, 8)],
  ['an all-round antenna', place(503.3, 498.1, allRound, 12.5)],
  ['a macro', place(503.3, 498.1, n78.macro, 30)],
];

describe.each(sights)('where %s', (_, buildings) => {
  // 12.3 m and 0.7 m have no exact value in the raster's 32 bits.
  test.each([500, 12.3, 0.7, -3.1, 4321])('flat ground at %d m gives the levels of no terrain', (groundM) => {
    const flat = modelOf({ buildings });
    const raised = modelOf({ buildings, terrain: [groundRaster(() => groundM)] });
    expect(raised.surface!.groundM![0]).toBeCloseTo(groundM, 3);
    for (const [, station] of stations) {
      const before = computeSiteLevels(flat, station);
      const after = computeSiteLevels(raised, station);
      expect(after.bins).toEqual(before.bins);
      expect(after.seen).toEqual(before.seen);
      const most = Math.max(...before.level.map((tenths, index) => Math.abs(after.level[index]! - tenths)));
      expect(most).toBeLessThanOrEqual(1);
    }
  });

  test.each(stations)(
    'over a slope a hill weakens what lies behind it and nothing in front or aside: %s',
    (_, station) => {
      const slope = (eastM: number, northM: number) => 120 + 0.02 * eastM - 0.01 * northM;
      // A ridge 80 m high from south to north, 240 to 300 m east of the station, in the northern half only.
      const ridge = (eastM: number, northM: number) =>
        eastM > 740 && eastM < 800 && northM > 500 ? slope(eastM, northM) + 80 : slope(eastM, northM);
      const plain = modelOf({ buildings, terrain: [groundRaster(slope, 20)] });
      const hilly = modelOf({ buildings, terrain: [groundRaster(ridge, 20)] });
      const before = computeSiteLevels(plain, station);
      const after = computeSiteLevels(hilly, station);
      expect(after.bins).toEqual(before.bins);
      let behind = 0;
      let weakened = 0;
      let elsewhere = 0;
      before.bins.forEach((id, index) => {
        const [eastM, northM] = [
          plain.grid.receiverEastM[id]! - ORIGIN_EAST_M,
          plain.grid.receiverNorthM[id]! - ORIGIN_NORTH_M,
        ];
        const change = after.level[index]! - before.level[index]!;
        if (eastM < 710 || northM < 440) {
          elsewhere++;
          if (change !== 0) expect({ eastM, northM, change }).toBe('unchanged');
        } else if (eastM > 830 && northM > 560) {
          behind++;
          if (change < -60) weakened++;
          if (change > 0) expect({ eastM, northM, change }).toBe('no stronger');
        }
      });
      expect(elsewhere).toBeGreaterThan(500);
      expect(behind).toBeGreaterThan(10);
      // At least 6 dB everywhere behind the ridge.
      expect(weakened).toBe(behind);
    },
  );

  test('the link budget over hills has the level of the map', () => {
    const hills = groundRaster((e, n) => 60 + 30 * Math.sin(e / 140) * Math.cos(n / 170), 20);
    const model = modelOf({ buildings, terrain: [hills] });
    for (const [, station] of stations) {
      const { bins, level } = computeSiteLevels(model, station);
      for (let index = 0; index < bins.length; index += 37) {
        const id = bins[index]!;
        const receiver = { eastM: model.grid.receiverEastM[id]!, northM: model.grid.receiverNorthM[id]! };
        const { lines } = computeLinkBudget(model, station, receiver, 's');
        const value = Object.fromEntries(lines.map((line) => [line.key, line.value]));
        expect(Math.round(value.level! * 10)).toBe(level[index]);
        expect(value.terrainLoss).toBeGreaterThanOrEqual(0);
      }
    }
  });
});

test('on a hilltop antenna the level beyond the foot is that of the higher antenna', () => {
  // A cone of 40 m under an 8 m pole: over the flat ground below it the antenna hangs 48 m high.
  const cone = groundRaster((e, n) => Math.max(0, 40 * (1 - Math.hypot(e - 500, n - 500) / 120)), 10);
  const hill = modelOf({ buildings: openGround, terrain: [cone] });
  const site = place(500, 500, allRound, 8);
  const baseM = hill.surface!.groundM![groundCell(hill.surface!, site)]!;
  const { bins, level, seen } = computeSiteLevels(hill, site);
  const tall = computeSiteLevels(modelOf(), { ...site, heightM: Math.round(2 * (8 + baseM)) / 2 });
  let compared = 0;
  bins.forEach((id, index) => {
    if (distanceTo(hill, id, site) < 200) return;
    compared++;
    expect(seen[index]).toBe(1);
    expect(Math.abs(level[index]! - tall.level[index]!)).toBeLessThanOrEqual(3);
  });
  expect(compared).toBeGreaterThan(500);
});

function groundCell(
  { westM, northM, cellM, columns }: { westM: number; northM: number; cellM: number; columns: number },
  site: StationPlace,
): number {
  return Math.floor((northM - site.northM) / cellM) * columns + Math.floor((site.eastM - westM) / cellM);
}
