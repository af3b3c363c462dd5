// Bytes that travel and fingerprints that name a plan.
import { expect, test } from 'vitest';
import {
  computePlan,
  decodePlanInput,
  decodeRaster,
  encodePlanInput,
  encodeRaster,
  fingerprintOf,
  type PlanChoice,
  type PlanInput,
} from '../../../engine/index.ts';
import { aChoice, anInput, aSite, aStreet, blocks, box, people } from './a-place.ts';

const input = anInput({
  sites: [aSite('b', 300, 300), aSite('a', 700, 700, { status: 'existing' })],
  buildings: blocks(1000, 1000),
  demand: people(1000, 1000, 100),
  districts: [
    { code: '02', name: '乙', geometry: box(500, 0, 1000, 1000) },
    { code: '01', name: '甲', geometry: box(0, 0, 500, 1000) },
  ],
  excluded: [box(0, 0, 100, 100), box(800, 800, 900, 900)],
});

test('a plan input comes back from its bytes unchanged, with and without optional data', () => {
  expect(decodePlanInput(encodePlanInput(input))).toEqual(input);
  const bare = anInput({ sites: [] });
  expect(decodePlanInput(encodePlanInput(bare))).toEqual(bare);
  const onlyDemand = { ...bare, demand: people(100, 100, 50) };
  expect(decodePlanInput(encodePlanInput(onlyDemand))).toEqual(onlyDemand);
});

test('roads and key areas come back, with an antenna and without', () => {
  const roads = [aStreet(), { ...aStreet(), name: '', roadClass: 'path', path: [] }];
  const keyAreas = [
    { geometry: box(0, 0, 100, 100), factor: 2 },
    { geometry: box(50, 50, 300, 300), factor: 1.5 },
  ];
  const macroAntenna = {
    name: '板状',
    maker: '',
    frequencyMhz: 3500,
    gainDbi: 17,
    gainUnitAssumed: 'none' as const,
    electricalTiltDeg: 4,
    warnings: [],
    horizontalLossDb: Float32Array.from({ length: 360 }, (_, deg) => deg / 10),
    verticalLossDb: Float32Array.from({ length: 360 }, (_, deg) => deg / 20),
  };
  for (const radio of [input.radio, { ...input.radio, macroAntenna }]) {
    for (const more of [{ roads }, { keyAreas }, { roads, keyAreas }]) {
      const asked = { ...input, radio, ...more };
      expect(decodePlanInput(encodePlanInput(asked))).toEqual(asked);
    }
  }
});

test('inputs without roads and key areas keep the bytes they always had', () => {
  const text = new TextDecoder('latin1').decode(encodePlanInput(anInput({ sites: [] })));
  expect(text).toContain('"weightBy":"area"');
  expect(text).not.toMatch(/roads|keyAreas/);
});

test('bytes survive an offset inside a larger buffer', () => {
  const bytes = encodePlanInput(input);
  const larger = new Uint8Array(bytes.length + 7);
  larger.set(bytes, 7);
  expect(decodePlanInput(larger.subarray(7))).toEqual(input);
});

test('bytes that are cut, grown or of another kind are refused with a code', () => {
  const bytes = encodePlanInput(input);
  const wrong = [
    new Uint8Array(0),
    bytes.slice(0, 40),
    bytes.slice(0, -1),
    new Uint8Array([...bytes, 0]),
    new Uint8Array(bytes.length),
    encodeRaster(computePlan(input, aChoice()).raster),
  ];
  for (const candidate of wrong) expect(() => decodePlanInput(candidate)).toThrow('PLAN_INPUT_BYTES');
});

test('a raster comes back from its bytes unchanged', () => {
  const { raster } = computePlan(input, aChoice());
  expect(decodeRaster(encodeRaster(raster))).toEqual(raster);
});

test('the plan carries the fingerprint of its inputs: 64 hex digits', () => {
  const { fingerprint } = computePlan(input, aChoice());
  expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
  expect(fingerprint).toBe(fingerprintOf(decodePlanInput(encodePlanInput(input)), aChoice()));
});

test('the order in which things are listed does not change the fingerprint', () => {
  const turned: PlanInput = {
    ...input,
    sites: input.sites.toReversed(),
    districts: input.districts.toReversed(),
    excluded: input.excluded.toReversed(),
  };
  expect(fingerprintOf(turned, aChoice())).toBe(fingerprintOf(input, aChoice()));
  const roads = [aStreet(), { ...aStreet(), name: '另一条' }];
  const keyAreas = input.excluded.map((geometry) => ({ geometry, factor: 2 }));
  expect(
    fingerprintOf({ ...turned, roads: roads.toReversed(), keyAreas: keyAreas.toReversed() }, aChoice()),
  ).toBe(fingerprintOf({ ...input, roads, keyAreas }, aChoice()));
  expect(fingerprintOf(input, aChoice({ refusedSiteIds: ['x', 'y', 'x'] }))).toBe(
    fingerprintOf(input, aChoice({ refusedSiteIds: ['y', 'x'] })),
  );
});

test('extra fields of a stored site do not change the fingerprint', () => {
  const stored = input.sites.map((site) => ({ sourceRow: 7, ...site }));
  expect(fingerprintOf({ ...input, sites: stored }, aChoice())).toBe(fingerprintOf(input, aChoice()));
});

const otherInputs: [what: string, changes: Partial<PlanInput>][] = [
  ['a site one metre higher', { sites: input.sites.map((site) => ({ ...site, heightM: site.heightM + 1 })) }],
  ['a site less', { sites: input.sites.slice(1) }],
  ['a price', { sites: input.sites.map((site) => ({ ...site, costCny: 1 })) }],
  ['no buildings', { buildings: null }],
  ['no demand', { demand: null }],
  ['no water', { excluded: [] }],
  ['no districts', { districts: [] }],
  ['another area', { areas: [{ ...input.areas[0]!, geometry: box(0, 0, 999, 1000) }] }],
  ['another profile', { profileId: 'n41' }],
  ['another threshold', { thresholdDbm: -104.9 }],
  ['another bin size', { binSizeM: 25 }],
  ['weighing people', { weightBy: 'people' }],
  ['a road', { roads: [aStreet()] }],
  ['a key area', { keyAreas: [{ geometry: box(0, 0, 100, 100), factor: 2 }] }],
];
for (const [what, changes] of otherInputs) {
  test(`${what} gives another fingerprint`, () => {
    expect(fingerprintOf({ ...input, ...changes }, aChoice())).not.toBe(fingerprintOf(input, aChoice()));
  });
}

const otherChoices: [what: string, changes: Partial<PlanChoice>][] = [
  ['another share', { targetShare: 0.9 }],
  ['a budget', { budgetCny: 1 }],
  ['a count', { maxSites: 1 }],
  ['a refusal', { refusedSiteIds: ['a'] }],
  ['a lock', { lockedSiteIds: ['a'] }],
];
for (const [what, changes] of otherChoices) {
  test(`${what} in the choice gives another fingerprint`, () => {
    expect(fingerprintOf(input, aChoice(changes))).not.toBe(fingerprintOf(input, aChoice()));
  });
}

test('each rule of a choice has its part in the fingerprint', () => {
  const quota = { by: 'owner', value: '市政', leastSites: null, mostSites: 3, mostCostCny: null } as const;
  const phase = { name: '一期', targetShare: 0.5, areaShares: [], budgetCny: null, maxSites: null };
  const choices: Partial<PlanChoice>[] = [
    {},
    { areaShares: [{ areaId: 'area', share: 0.9 }] },
    { areaShares: [{ areaId: 'area', share: 0.91 }] },
    { quotas: [quota] },
    { quotas: [{ ...quota, mostSites: 4 }] },
    { spacing: { poleM: 100, roofM: 0, towerM: 0 } },
    { siteOrder: 'build-mode' },
    { phases: [phase] },
    { phases: [{ ...phase, name: '二期' }] },
    { effort: 'deep' },
    { keepSiteIds: [] },
    { keepSiteIds: ['b'] },
    { lockedSiteIds: ['b'] },
    { refusedSiteIds: ['b'] },
    { maxSites: 3 },
    { budgetCny: 3 },
  ];
  const prints = choices.map((changes) => fingerprintOf(input, aChoice(changes)));
  expect(new Set(prints).size).toBe(choices.length);
  const other = { ...quota, value: '其他' };
  expect(fingerprintOf(input, aChoice({ quotas: [other, quota] }))).toBe(
    fingerprintOf(input, aChoice({ quotas: [quota, other] })),
  );
});
