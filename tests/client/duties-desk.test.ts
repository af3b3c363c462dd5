// The desk of the preview with duties of several servers and of a corridor: chosen, struck, taken back, with the shares that were asked for.
import { expect, test } from 'vitest';
import { makePlanDesk } from '../../client/preview/plan-desk.ts';
import { prepareCoverage, type ServerDuty } from '../../engine/index.ts';
import { aChoice, aMesh, anInput, at, box } from '../engine/plan/a-place.ts';

const prepared = prepareCoverage(
  anInput({
    areas: [{ id: 'area', name: '片区', kind: '商圈', geometry: box(0, 0, 500, 400) }],
    sites: aMesh(500, 400, 80),
    corridors: [{ id: 'name=G1', name: 'G1', lines: [[at(-100, 200), at(600, 210)]] }],
  }),
);
const corridorShares = [{ corridorId: 'name=G1', share: 0.95 }];

test.each<ServerDuty>([
  { least: 2, counts: 'graded' },
  { least: 2, counts: 'strict' },
  { least: 3, counts: 'graded' },
])('a struck site leaves and $least servers ($counts) stay, on the whole and along the road', (servers) => {
  const { desk } = makePlanDesk(prepared, aChoice({ targetShare: 0.6, servers, corridorShares }));
  const first = desk.describe();
  expect(first.summary.status).toBe('reached');
  const siteId = first.items[0]!.siteId;
  const { difference } = desk.edit({ act: 'strike', siteId });
  const after = desk.describe();
  expect(after.items.map((item) => item.siteId)).not.toContain(siteId);
  expect(after.summary.status).toBe('reached');
  expect(after.summary.servers!.coveredShare).toBeGreaterThanOrEqual(0.6);
  expect(after.summary.corridors[0]!.coveredShare).toBeGreaterThanOrEqual(0.95);
  expect(difference!.coveredShare).toBeCloseTo(after.summary.servers!.coveredShare, 12);
  expect(difference!.extraCostCny).toBe(after.summary.costCny - first.summary.costCny);
  expect(desk.reasonsOf(siteId)).toMatchObject({ kind: 'unchosen', cause: 'refused' });
  desk.undo();
  expect(desk.describe().items).toEqual(first.items);
});

test('from one server to several and back the preview chooses again over the same coverage', () => {
  const { desk } = makePlanDesk(prepared, aChoice({ targetShare: 0.6 }));
  const one = desk.describe().summary;
  desk.choose(aChoice({ targetShare: 0.6, servers: { least: 2, counts: 'strict' } }));
  const two = desk.describe().summary;
  expect(two.costCny).toBeGreaterThan(one.costCny);
  expect(two.coveredShareBinary).toBeGreaterThanOrEqual(two.servers!.coveredShare);
  desk.choose(aChoice({ targetShare: 0.6 }));
  expect(desk.describe().summary).toEqual(one);
});
