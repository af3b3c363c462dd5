// A preparation that takes over footprints, or shares the work with threads, against one that starts from nothing: the same
// plan to the last byte.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  encodeRaster,
  footprintBytes,
  type HeightRaster,
  makePlan,
  type PlanInput,
  type PlanResult,
  prepareCoverage,
  prepareCoverageWith,
  type Site,
  withSite,
} from '../../../engine/index.ts';
import { estimateFootprintBytes } from '../../../engine/plan/check-memory.ts';
import { makeEchoCrew } from '../../support/echo-crew.ts';
import { footprintDigest } from '../../support/footprint-digest.ts';
import { aChoice, aMesh, anInput, aSite, aStreet, at, blocks, box, people } from './a-place.ts';

const SEED = 20260102;

/** Gentle hills under the whole square, a point every second or so. */
function hills(): HeightRaster {
  const [westDeg, southDeg] = at(-2000, -2000);
  const [columns, rows, step] = [90, 90, 0.0006];
  const heightM = Float32Array.from(
    { length: columns * rows },
    (_, index) => 20 + ((index % columns) % 17) * 2 + (Math.floor(index / columns) % 13) * 3,
  );
  return {
    id: 'hills',
    westDeg,
    northDeg: southDeg + rows * step,
    stepLonDeg: step,
    stepLatDeg: step,
    columns,
    rows,
    heightM,
  };
}

const macro: Partial<Site> = { structure: 'tower', resourceType: '普通地面塔', heightM: 35 };
const town = anInput({
  sites: [
    ...aMesh(1000, 1000, 110),
    aSite('t1', 300, 300, { ...macro, status: 'existing', costCny: 0 }),
    aSite('t2', 800, 620, macro),
    aSite('away', 9000, 500),
    aSite('wrong', 500, 500, { heightM: 0 }),
    aSite('shut', 510, 480, { status: 'unavailable' }),
  ],
  buildings: blocks(1000, 1000),
  demand: people(1000, 1000, 90),
  districts: [{ code: '01', name: '甲', geometry: box(0, 0, 500, 1000) }],
  excluded: [box(600, 0, 700, 200)],
  thresholdDbm: -95,
  binSizeM: 25,
});
/** Every other mast: paths over terrain cost a hundred times a path over flat ground. */
const hilly = town.sites.filter((_, index) => index % 2 === 0);
const grounds: readonly [what: string, input: PlanInput, runs: number][] = [
  ['houses', town, 8],
  ['sight by chance', { ...town, buildings: null }, 8],
  ['hills and houses', { ...town, sites: hilly, terrain: [hills()], binSizeM: 100 }, 4],
];

/** All of a result as text and bytes. */
function bytesOf({ raster, ...rest }: PlanResult): string {
  return `${JSON.stringify(rest)}\n${Buffer.from(encodeRaster(raster)).toString('base64')}`;
}

const spot = fc.tuple(
  fc.double({ min: -600, max: 1600, noNaN: true }),
  fc.double({ min: -600, max: 1600, noNaN: true }),
);
type Edit = (sites: readonly Site[]) => Site[];
const onOne =
  (pick: number, change: (site: Site) => Site | null): Edit =>
  (sites) =>
    sites.flatMap((site, index) => (index === pick % sites.length ? (change(site) ?? []) : site));
const pick = fc.nat(1000);
const anEdit: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(pick, spot).map(([p, to]) => onOne(p, (site) => ({ ...site, position: at(...to) }))),
  fc
    .tuple(pick, fc.integer({ min: 0, max: 60 }))
    .map(([p, heightM]) => onOne(p, (site) => ({ ...site, heightM }))),
  fc
    .tuple(pick, fc.nat(200_000))
    .map(([p, costCny]) =>
      onOne(p, (site) => ({ ...site, costCny: site.status === 'existing' ? 0 : costCny })),
    ),
  pick.map((p) => onOne(p, () => null)),
  fc
    .tuple(pick, fc.constantFrom('existing', 'candidate', 'proposed', 'unavailable'))
    .map(([p, status]) => onOne(p, (site) => ({ ...site, status }))),
  pick.map((p) => onOne(p, (site) => ({ ...site, ...macro }))),
  fc.tuple(spot, fc.nat(50)).map(
    ([to, n]): Edit =>
      (sites) => [...sites.filter(({ id }) => id !== `new${n}`), aSite(`new${n}`, ...to)],
  ),
  fc.nat(1000).map(
    (turn): Edit =>
      (sites) => {
        const cut = turn % sites.length;
        return [...sites.slice(cut), ...sites.slice(0, cut)].toReversed();
      },
  ),
);
const edits = fc.array(anEdit, { minLength: 1, maxLength: 6 });
const applied = (input: PlanInput, list: readonly Edit[]): PlanInput => ({
  ...input,
  sites: list.reduce<readonly Site[]>((sites, edit) => edit(sites), input.sites),
});

for (const [what, input, numRuns] of grounds) {
  test(`over ${what}, sites moved, raised, priced, added, removed or shuffled give the plan a fresh start gives`, async () => {
    const first = prepareCoverage(input);
    makePlan(first, aChoice());
    let reused = 0;
    let all = 0;
    await fc.assert(
      fc.asyncProperty(edits, edits, async (list, more) => {
        let kept = first;
        // Twice over: what was taken over once is taken over again.
        for (const edited of [applied(input, list), applied(input, [...list, ...more])]) {
          const fresh = prepareCoverage(edited);
          kept = await prepareCoverageWith({ takeKept: () => kept }, edited);
          reused += kept.footprintsReused;
          all += kept.sites.length;
          expect(footprintDigest(kept.footprints)).toBe(footprintDigest(fresh.footprints));
          const choice = aChoice({ maxSites: 12, refusedSiteIds: ['m003'] });
          expect(bytesOf(makePlan(kept, choice))).toBe(bytesOf(makePlan(fresh, choice)));
        }
      }),
      { seed: SEED, numRuns },
    );
    expect(reused / all).toBeGreaterThan(0.85);
  });
}

test('one changed site, again and again, gives the plan of the changed list', () => {
  const one = fc.tuple(
    fc.constantFrom(...town.sites.map((site) => site.id), 'new1', 'new2'),
    spot,
    fc.constantFrom<Partial<Site>>(
      {},
      macro,
      { heightM: 0 },
      { status: 'unavailable' },
      { status: 'existing' },
    ),
  );
  fc.assert(
    fc.property(fc.array(one, { minLength: 1, maxLength: 5 }), (changes) => {
      let prepared = prepareCoverage(town);
      for (const [id, [east, north], change] of changes)
        prepared = withSite(prepared, aSite(id, east, north, change));
      const fresh = prepareCoverage(prepared.input);
      expect(bytesOf(makePlan(prepared, aChoice()))).toBe(bytesOf(makePlan(fresh, aChoice())));
    }),
    { seed: SEED, numRuns: 12 },
  );
});

test('sites that leave the end of a block leave it whole', async () => {
  const kept = prepareCoverage(town);
  expect(kept.sites.length).toBeGreaterThan(64);
  for (const count of [1, kept.sites.length - 64]) {
    const gone = new Set(kept.sites.slice(-count).map((site) => site.id));
    const fewer = { ...town, sites: town.sites.filter((site) => !gone.has(site.id)) };
    const again = await prepareCoverageWith({ takeKept: () => kept }, fewer);
    expect(again.footprintsReused).toBe(fewer.sites.length - 3);
    expect(footprintDigest(again.footprints)).toBe(footprintDigest(prepareCoverage(fewer).footprints));
  }
});

test('another ground takes nothing over', async () => {
  const kept = prepareCoverage(town);
  const others: Partial<PlanInput>[] = [
    { areas: [{ ...town.areas[0]!, geometry: box(0, 0, 900, 1000) }] },
    { excluded: [] },
    { buildings: blocks(900, 1000) },
    { terrain: [hills()] },
    { demand: people(1000, 1000, 80) },
    { profileId: 'n41' },
    { thresholdDbm: -96 },
    { binSizeM: 50 },
    { weightBy: 'people' },
    { weightBy: 'roads', roads: [aStreet()] },
    { keyAreas: [{ geometry: box(200, 200, 400, 400), factor: 3 }] },
    { radio: { ...town.radio, macroModel: 'RMa' } },
  ];
  for (const change of others) {
    const other = { ...town, ...change };
    const prepared = await prepareCoverageWith({ takeKept: () => kept }, other);
    expect(prepared.footprintsReused).toBe(0);
    expect(makePlan(prepared, aChoice()).fingerprint).toBe(
      makePlan(prepareCoverage(other), aChoice()).fingerprint,
    );
  }
  expect((await prepareCoverageWith({ takeKept: () => kept }, structuredClone(town))).footprintsReused).toBe(
    kept.sites.length,
  );
});

const crowd = anInput({ sites: aMesh(1000, 1000, 28), buildings: blocks(1000, 1000), binSizeM: 25 });

test('threads are asked for where there is much to compute, and give the same plan', async () => {
  const alone = prepareCoverage(crowd);
  let asked = 0;
  const startCrew = () => {
    asked += 1;
    return makeEchoCrew(3, asked).threads;
  };
  await prepareCoverageWith({ startCrew }, town);
  expect(asked).toBe(0);
  const together = await prepareCoverageWith({ startCrew }, crowd);
  expect(asked).toBe(1);
  expect(together.grid.binAt.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(footprintDigest(together.footprints)).toBe(footprintDigest(alone.footprints));
  expect(bytesOf(makePlan(together, aChoice()))).toBe(bytesOf(makePlan(alone, aChoice())));
  const lifted = { ...crowd, sites: crowd.sites.map((site) => ({ ...site, heightM: 9 })) };
  const again = await prepareCoverageWith({ startCrew, takeKept: () => together }, lifted);
  expect(asked).toBe(2);
  expect(footprintDigest(again.footprints)).toBe(footprintDigest(prepareCoverage(lifted).footprints));
});

test('the estimate of footprints is above what they take, and not far above', () => {
  for (const input of [crowd, { ...crowd, buildings: null }, { ...town, binSizeM: 10 }]) {
    const { grid, places, footprints } = prepareCoverage(input);
    const times = estimateFootprintBytes(grid, places) / footprintBytes(footprints);
    expect(times).toBeGreaterThan(1);
    expect(times).toBeLessThan(4);
  }
});

test('a plan beyond the memory it is given is refused with what it needs, before it is computed', async () => {
  const steps: string[] = [];
  const refused = prepareCoverageWith({ memoryMb: 1 }, crowd, ({ step }) => steps.push(step));
  await expect(refused).rejects.toMatchObject({
    code: 'COVERAGE_TOO_LARGE',
    found: { needMb: expect.any(Number), haveMb: 1 },
  });
  expect(steps).not.toContain('coverage');
  // Also where only the footprints are too many, and where the sites came to a ground that is kept.
  const fine = { ...crowd, buildings: null, binSizeM: 10 };
  expect(await codeOf(prepareCoverageWith({ memoryMb: 4 }, fine))).toBe('COVERAGE_TOO_LARGE');
  const few = { ...fine, sites: fine.sites.slice(0, 20) };
  const kept = await prepareCoverageWith({ memoryMb: 4 }, few);
  expect(await codeOf(prepareCoverageWith({ memoryMb: 4, takeKept: () => kept }, fine))).toBe(
    'COVERAGE_TOO_LARGE',
  );
});

/** The refusal's code, or that there was none: a whole preparation is too long to print. */
const codeOf = (prepared: Promise<unknown>): Promise<unknown> =>
  prepared.then(
    () => 'prepared',
    (error) => error.code,
  );
