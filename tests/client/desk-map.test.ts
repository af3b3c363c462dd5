// The map of a desk as plain functions: its address, the squares in which rows become marks, what a click on a mark looks at.
import fc from 'fast-check';
import { Check } from 'typebox/value';
import { expect, test } from 'vitest';
import { tagColours } from '../../client/format/map-colours.ts';
import {
  boxAround,
  boxAt,
  countText,
  groupRows,
  isBoxWithin,
  isInBox,
  isOnePlace,
  serviceZoom,
  squareAt,
  widerBox,
} from '../../client/map/mark-grid.ts';
import {
  type MapBox,
  plainDeskMap,
  readDeskMap,
  readMapBox,
  toggledDeskMap,
  writeDeskMap,
  writeMapBox,
} from '../../client/parts/desk-map-address.ts';
import type { MapPlace, PlacedRow } from '../../client/parts/desk-map-slot.tsx';
import { readCasesView, writeCasesView } from '../../client/screens/cases/cases-query.ts';
import {
  changedClaims,
  claimCountQueryOf,
  isClaimsFiltered,
  openPageQueryOf,
  readClaimsView,
  writeClaimsView,
} from '../../client/screens/claims/claims-query.ts';
import {
  demandExportQueryOf,
  readDemandsView,
  writeDemandsView,
} from '../../client/screens/demands/demands-query.ts';
import { readProblemView, writeProblemView } from '../../client/screens/problems/problem-query.ts';
import {
  readRelocationsView,
  writeRelocationsView,
} from '../../client/screens/relocations/relocations-query.ts';
import { deskMapSchema } from '../../server/contract/desk-map.ts';

const window = '121.1,31.2,121.3,31.4';
const earth: MapBox = [-180, -85, 180, 85];

/** Somewhere in a city, to the centimetre. */
const aPlace: fc.Arbitrary<MapPlace> = fc.tuple(
  fc.integer({ min: 1_211_000_000, max: 1_213_000_000 }).map((value) => value / 1e7),
  fc.integer({ min: 312_000_000, max: 314_000_000 }).map((value) => value / 1e7),
);
const rowsAt = (places: readonly MapPlace[], states: readonly string[] = ['已开放']): readonly PlacedRow[] =>
  places.map((place, index) => ({
    id: `row-${index}`,
    title: `R${index}`,
    state: states[index % states.length] ?? '',
    place,
  }));

test('an open map and its window come back from every desk’s address, and a window opens the map', () => {
  const params = new URLSearchParams(`map=1&bbox=${window}`);
  const open = { map: true, bbox: window };
  const claims = readClaimsView(params, 'all');
  expect([
    readDemandsView(params),
    claims,
    readCasesView(params),
    readProblemView(params),
    readRelocationsView(params),
  ]).toEqual(Array.from({ length: 5 }, () => expect.objectContaining(open)));
  for (const written of [
    writeDemandsView(readDemandsView(params)),
    writeClaimsView(claims),
    writeCasesView(readCasesView(params)),
    writeProblemView(readProblemView(params)),
    writeRelocationsView(readRelocationsView(params)),
  ])
    expect([written.get('map'), written.get('bbox')]).toEqual(['1', window]);
  expect(readDeskMap(new URLSearchParams(`bbox=${window}`))).toEqual(open);
  expect(readDeskMap(new URLSearchParams(''))).toEqual(plainDeskMap);
});

test('a window that is none is not believed', () => {
  for (const text of [
    '',
    '1,2,3',
    'a,b,c,d',
    '121.3,31.2,121.1,31.4',
    '121,31,122,91',
    '1,,2,3',
    'NaN,1,2,3',
  ])
    expect(readMapBox(text), text).toBeNull();
  expect(readMapBox(window)).toEqual([121.1, 31.2, 121.3, 31.4]);
  expect(writeMapBox([121.123456789, 31.2, 121.3, 31.4])).toBe('121.12346,31.2,121.3,31.4');
});

test('closing the map lifts the limit to its window', () => {
  expect(toggledDeskMap({ map: false, bbox: null })).toEqual({ map: true });
  expect(toggledDeskMap({ map: true, bbox: null })).toEqual({ map: false });
  expect(toggledDeskMap({ map: true, bbox: window })).toEqual({ map: false, bbox: null });
  const params = new URLSearchParams(`q=a&map=1&bbox=${window}`);
  writeDeskMap(params, plainDeskMap);
  expect(params.toString()).toBe('q=a');
});

test('the window is a filter of lists and counts, and the other tab of claims keeps it', () => {
  const view = readClaimsView(new URLSearchParams(`tab=all&bbox=${window}&state=持有`), 'open');
  expect(isClaimsFiltered(view)).toBe(true);
  expect(claimCountQueryOf(view)).toMatchObject({ bbox: window });
  const open = changedClaims(view, { tab: 'open' });
  expect(open).toMatchObject({ map: true, bbox: window, state: null });
  expect(openPageQueryOf(open)).toMatchObject({ bbox: window });
  expect(demandExportQueryOf(readDemandsView(new URLSearchParams(`bbox=${window}`)))).toEqual({
    bbox: window,
  });
});

test('MapLibre zoom 0 is one tile of 512 pixels: zoom 1 of the service', () => {
  expect([0, 2, 11.2, 11.99, 16, 25].map(serviceZoom)).toEqual([3, 3, 12, 12, 17, 20]);
});

test('a place lies in its square, which is 48 pixels wide at every zoom', () => {
  fc.assert(
    fc.property(aPlace, fc.integer({ min: 3, max: 20 }), (place, zoom) => {
      const square = squareAt(place, zoom);
      expect(isInBox(place, widerBox(square, 1e-9))).toBe(true);
      // 360 degrees are 256 · 2^zoom pixels
      expect(square[2] - square[0]).toBeCloseTo((48 * 360) / (256 * 2 ** zoom), 9);
    }),
    { seed: 11, numRuns: 200 },
  );
});

test('every row is in one mark, and a mark has the one state of its rows or none', () => {
  fc.assert(
    fc.property(
      fc.array(aPlace, { maxLength: 60 }),
      fc.integer({ min: 3, max: 20 }),
      fc.integer({ min: 1, max: 3 }),
      (places, zoom, states) => {
        const rows = rowsAt(places, ['已开放', '暂停', '退出'].slice(0, states));
        const found = groupRows(rows, { box: earth, zoom });
        expect(Check(deskMapSchema, found)).toBe(true);
        expect(found.marks.reduce((sum, { count }) => sum + count, 0)).toBe(rows.length);
        const named = found.marks.flatMap(({ ids }) => ids);
        expect(new Set(named).size).toBe(named.length);
        for (const { ids, state, count, label } of found.marks) {
          const own = new Set(rows.filter(({ id }) => ids.includes(id)).map((row) => row.state));
          if (count <= 20) expect(state).toBe(own.size === 1 ? [...own][0] : null);
          expect(label === null).toBe(count > 1);
        }
      },
    ),
    { seed: 12, numRuns: 200 },
  );
});

test('from zoom 17 on only rows at exactly one place share a mark', () => {
  const near: MapPlace = [121.2, 31.3];
  const rows = rowsAt([near, [121.200001, 31.3], near]);
  expect(groupRows(rows, { box: earth, zoom: 16 }).marks.map(({ count }) => count)).toEqual([3]);
  expect(groupRows(rows, { box: earth, zoom: 17 }).marks).toEqual([
    { lon: 121.2, lat: 31.3, count: 2, ids: ['row-0', 'row-2'], state: '已开放', label: null, part: null },
    { lon: 121.200001, lat: 31.3, count: 1, ids: ['row-1'], state: '已开放', label: 'R1', part: null },
  ]);
  expect(groupRows(rows, { box: [121.2000005, 31, 122, 32], zoom: 17 }).marks).toHaveLength(1);
  expect(groupRows(rows, { box: [100, 1, 101, 2], zoom: 17 })).toEqual({
    marks: [],
    cut: false,
    located: 3,
    unlocated: 0,
  });
});

test('one place is told from two, and its list looks a tenth of a metre around it', () => {
  const place: MapPlace = [121.2, 31.3];
  expect(boxAround([])).toBeNull();
  expect(isOnePlace(boxAround([place, [121.2 + 1e-9, 31.3]])!)).toBe(true);
  expect(isOnePlace(boxAround([place, [121.20001, 31.3]])!)).toBe(false);
  expect(isInBox(place, boxAt(place))).toBe(true);
  expect(isInBox([121.20001, 31.3], boxAt(place))).toBe(false);
});

test('a window that was asked for wider holds small steps and not large ones', () => {
  const box: MapBox = [121, 31, 122, 32];
  expect(isBoxWithin([121.1, 31.1, 122.1, 32.1], widerBox(box, 0.25))).toBe(true);
  expect(isBoxWithin([121.5, 31.1, 122.5, 32.1], widerBox(box, 0.25))).toBe(false);
  expect(widerBox([-180, -85, 180, 85], 0.25)).toEqual([-180, -85, 180, 85]);
});

test('a disc says small numbers whole and large ones short', () => {
  expect([7, 4959].map((count) => countText(count, 'zh-CN'))).toEqual(['7', '4959']);
  expect(countText(12_345, 'zh-CN')).toBe('1.2万');
  expect(countText(12_345, 'en')).toBe('12.3K');
});

test('every colour of a state tag has its line and tint, and no two lines are the same', () => {
  const lines = Object.values(tagColours).map(({ line }) => line);
  expect(new Set(lines).size).toBe(lines.length);
});
