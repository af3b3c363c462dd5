// Duties of corridors: metres of a road inside the areas, the share of them that a plan serves, and where along the road it does not.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Corridor,
  checkChoice,
  checkPlan,
  corridorsOfRoads,
  corridorTargetId,
  decodeCertificate,
  decodePlanInput,
  encodePlanInput,
  fingerprintOf,
  type LonLat,
  makePlan,
  type PlanChoice,
  prepareCoverage,
  type Road,
  readCorridorId,
  requestOf,
} from '../../../engine/index.ts';
import { sameGround } from '../../../engine/plan/same-ground.ts';
import { aChoice, aMesh, anInput, aSite, at, box } from './a-place.ts';

/** From 200 m west of the square to 200 m east of it. */
const straight: Corridor = { id: 'name=G1', name: 'G1', lines: [[at(-200, 210), at(1200, 210)]] };
const near = anInput({ corridors: [straight] });

const planOf = (changes: Partial<PlanChoice>, input = near) =>
  makePlan(prepareCoverage(input), aChoice({ targetShare: 0, ...changes }));

describe('a straight road of 1400 m, of which 1000 m cross the square', () => {
  test('weighs its metres inside, and a plan for it alone builds along it', () => {
    const { summary, items } = planOf({ corridorShares: [{ corridorId: 'name=G1', share: 0.9 }] });
    const [g1] = summary.corridors;
    expect(g1).toMatchObject({ corridorId: 'name=G1', name: 'G1', share: 0.9, lines: 1 });
    expect(g1!.lengthM).toBeCloseTo(1000, 0);
    expect(g1!.coveredShare).toBeGreaterThanOrEqual(0.9);
    expect(g1!.bestShare).toBeGreaterThanOrEqual(g1!.coveredShare);
    expect(summary.status).toBe('reached');
    expect(summary.coveredShare).toBeLessThan(0.9);
    // the mesh has its sites every 125 m from 62.5 m on; the road runs at 210 m
    const norths = new Set(
      near.sites.filter(({ id }) => items.some((i) => i.siteId === id)).map((s) => s.position[1]),
    );
    expect(norths.size).toBeLessThanOrEqual(3);
  });

  test('one lamp in the middle leaves two gaps, by chainage from where the road comes in', () => {
    const lamp = prepareCoverage(anInput({ sites: [aSite('lamp', 500, 205)], corridors: [straight] }));
    const { summary } = makePlan(
      lamp,
      aChoice({ targetShare: 0, corridorShares: [{ corridorId: 'name=G1', share: 1 }] }),
    );
    const [g1] = summary.corridors;
    expect(summary.status).toBe('not-reachable');
    expect(g1!.gaps.map(({ line }) => line)).toEqual([1, 1]);
    const [west, east] = g1!.gaps;
    expect(west!.fromM).toBe(0);
    expect(east!.toM).toBeCloseTo(1000, -1.5);
    const unserved = west!.toM - west!.fromM + (east!.toM - east!.fromM);
    expect(unserved / 1000).toBeCloseTo(1 - g1!.coveredShareBinary, 2);
    // the lamp stands in the middle, and squares are 20 m wide
    expect(Math.abs((west!.toM + east!.fromM) / 2 - 500)).toBeLessThanOrEqual(20);
    expect(west!.position[0]).toBeLessThan(at(500, 205)[0]);
    expect(g1!.gapsLeftOut).toBe(0);
  });

  test('drawn in pieces and turned round it is the same road with the same gaps; the order of its pieces changes no fingerprint', () => {
    const [[from, to]] = straight.lines as [[LonLat, LonLat]];
    const mid = at(333, 210);
    const late = at(777, 210);
    const pieces: Corridor = {
      ...straight,
      lines: [
        [to!, late],
        [from!, mid],
        [late, mid],
      ],
    };
    const other: Corridor = {
      ...straight,
      lines: [
        [late, mid],
        [to!, late],
        [from!, mid],
      ],
    };
    const sites = [aSite('lamp', 500, 205)];
    const choice = aChoice({ targetShare: 0, corridorShares: [{ corridorId: 'name=G1', share: 0.2 }] });
    const [whole, cut] = [straight, pieces].map((one) =>
      makePlan(prepareCoverage(anInput({ sites, corridors: [one] })), choice),
    );
    expect(cut!.summary.corridors[0]!.lines).toBe(1);
    expect(cut!.summary.corridors[0]!.gaps.map(({ fromM, toM }) => [fromM, toM])).toEqual(
      whole!.summary.corridors[0]!.gaps.map(({ fromM, toM }) => [fromM, toM]),
    );
    expect(fingerprintOf(anInput({ sites, corridors: [pieces] }), choice)).toBe(
      fingerprintOf(anInput({ sites, corridors: [other] }), choice),
    );
  });

  test('a bridge over ground that is taken out does not count', () => {
    const river = box(400, 0, 500, 1000);
    const { summary } = planOf(
      { corridorShares: [{ corridorId: 'name=G1', share: 0.5 }] },
      { ...near, excluded: [river] },
    );
    expect(summary.corridors[0]!.lengthM).toBeCloseTo(900, 0);
  });

  test('together with several servers the metres need as many', () => {
    const { summary } = planOf({
      corridorShares: [{ corridorId: 'name=G1', share: 0.9 }],
      servers: { least: 2, counts: 'strict' },
    });
    const [g1] = summary.corridors;
    expect(summary.status).toBe('reached');
    // yes or no: the share that was asked for is the binary one
    expect(g1!.coveredShare).toBeCloseTo(g1!.coveredShareBinary, 9);
    expect(g1!.coveredShare).toBeGreaterThanOrEqual(0.9);
  });
});

test('a corridor nobody knows, one outside the areas and one asked for twice are refused by name', () => {
  const ask = (corridorId: string) => () => planOf({ corridorShares: [{ corridorId, share: 0.5 }] });
  expect(ask('name=G2')).toThrow(/SELECTION_CORRIDOR_UNKNOWN/);
  const away: Corridor = { id: 'name=S4', name: 'S4', lines: [[at(-500, 0), at(-500, 900)]] };
  expect(() =>
    planOf({ corridorShares: [{ corridorId: 'name=S4', share: 0.5 }] }, { ...near, corridors: [away] }),
  ).toThrow(/SELECTION_CORRIDOR_EMPTY/);
  const twice = [0.5, 0.6].map((share) => ({ corridorId: 'name=G1', share }));
  expect(() => checkChoice(aChoice({ corridorShares: twice }))).toThrow(/SELECTION_CORRIDOR_TWICE/);
  expect(() => checkChoice(aChoice({ corridorShares: [{ corridorId: 'name=G1', share: 1.1 }] }))).toThrow(
    /SELECTION_SHARE_RANGE/,
  );
});

describe('corridors of roads', () => {
  const roads: Road[] = [
    { name: '沪嘉高速', roadClass: 'trunk', path: [at(0, 0), at(100, 0)] },
    { name: ' 沪嘉高速 ', roadClass: 'trunk', path: [at(100, 0), at(200, 0)] },
    { name: '沪嘉高速', roadClass: 'trunk', path: [at(90_000, 0), at(90_100, 0)] },
    { name: '支路', roadClass: 'residential', path: [at(0, 0), at(0, 100)] },
    { name: '支路', roadClass: 'service', path: [at(0, 100), at(0, 200)] },
  ];
  const around = [...at(-10, -10), ...at(300, 300)] as const;

  test('take all lines of a name, or of a class, that come near', () => {
    const [byName, byClass] = corridorsOfRoads(roads, ['name=沪嘉高速', 'class=residential'], around);
    expect(byName).toMatchObject({ id: 'name=沪嘉高速', name: '沪嘉高速' });
    expect(byName!.lines).toEqual([roads[0]!.path, roads[1]!.path]);
    expect(byClass!.lines).toEqual([roads[3]!.path]);
    expect(() => corridorsOfRoads(roads, ['name=延安路'], around)).toThrow(/SELECTION_CORRIDOR_UNKNOWN/);
    expect(() => corridorsOfRoads(roads, ['沪嘉高速'], around)).toThrow(/SELECTION_CORRIDOR_UNKNOWN/);
  });

  test('ids say what they are', () => {
    expect(readCorridorId('name=a=b')).toEqual({ by: 'name', value: 'a=b' });
    for (const id of ['name=', 'name= ', 'road=x', 'class']) expect(readCorridorId(id)).toBeNull();
  });
});

test('corridors travel with the input, change its fingerprint, and leave ground and old fingerprints as they are', () => {
  const plain = anInput();
  const choice = aChoice();
  expect(decodePlanInput(encodePlanInput(near)).corridors).toEqual(near.corridors);
  expect(decodePlanInput(encodePlanInput(plain)).corridors).toEqual([]);
  expect(encodePlanInput({ ...near, corridors: [] })).toEqual(encodePlanInput(plain));
  expect(sameGround(plain, near)).toBe(true);
  expect(fingerprintOf(near, choice)).not.toBe(fingerprintOf(plain, choice));
  const asked = aChoice({ corridorShares: [{ corridorId: 'name=G1', share: 0.5 }] });
  expect(fingerprintOf(near, asked)).not.toBe(fingerprintOf(near, choice));
  const servers = aChoice({ servers: { least: 2, counts: 'graded' } });
  const strict = aChoice({ servers: { least: 2, counts: 'strict' } });
  expect(new Set([choice, servers, strict].map((one) => fingerprintOf(plain, one))).size).toBe(3);
});

test('with shares of the whole, of an area and of crooked roads, the certificate keeps every one of them', () => {
  const ground = anInput({
    areas: [
      { id: 'west', name: '西', kind: '商圈', geometry: box(0, 0, 250, 400) },
      { id: 'east', name: '东', kind: '商圈', geometry: box(250, 0, 500, 400) },
    ],
    sites: aMesh(500, 400, 80).map((site, index) => ({ ...site, costCny: 40_000 + 7_000 * (index % 4) })),
  });
  const place = fc.tuple(fc.integer({ min: -100, max: 600 }), fc.integer({ min: -100, max: 500 }));
  const share = fc.double({ min: 0.1, max: 0.7, noNaN: true });
  fc.assert(
    fc.property(fc.array(place, { minLength: 3, maxLength: 5 }), share, share, share, (bends, a, b, c) => {
      const through: LonLat[] = [
        at(-50, 200),
        ...bends.map(([east, north]) => at(east, north)),
        at(250, 210),
      ];
      const corridor: Corridor = { id: 'class=trunk', name: 'trunk', lines: [through] };
      const prepared = prepareCoverage({ ...ground, corridors: [corridor] });
      const choice = aChoice({
        targetShare: a,
        areaShares: [{ areaId: 'east', share: b }],
        corridorShares: [{ corridorId: 'class=trunk', share: c }],
      });
      const plan = makePlan(prepared, choice);
      const { problem } = requestOf(prepared, choice);
      expect(problem.targets.map(({ id }) => id)).toEqual(['all', 'east', corridorTargetId('class=trunk')]);
      const { choice: asked, selection } = decodeCertificate(problem, plan.proof.file, plan.proof.prices);
      expect(checkPlan(problem, asked, selection)).toEqual([]);
      const [duty] = plan.summary.corridors;
      if (plan.summary.status === 'reached') expect(duty!.coveredShare).toBeGreaterThanOrEqual(c);
      else expect(plan.summary.status).toBe('not-reachable');
    }),
    { seed: 7, numRuns: 10 },
  );
}, 60_000);
