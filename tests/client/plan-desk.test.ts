// The plan on the desk of a preview: what a click changes, what can be taken back, and what a search may replace.
import { expect, test } from 'vitest';
import { makePlanDesk } from '../../client/preview/plan-desk.ts';
import { choiceAfter } from '../../client/preview/plan-edit.ts';
import { chooseSites, plainChoice, prepareCoverage, requestOf } from '../../engine/index.ts';
import { aChoice, aMesh, anInput, blocks } from '../engine/plan/a-place.ts';

const prepared = prepareCoverage(
  anInput({ sites: aMesh(1000, 1000, 125), buildings: blocks(1000, 1000), binSizeM: 20 }),
);
const choice = aChoice({ targetShare: 0.8 });
const seat = (changes: Parameters<typeof aChoice>[0] = {}) =>
  makePlanDesk(prepared, { ...choice, ...changes });
const idsOf = ({ desk }: ReturnType<typeof seat>) =>
  desk.chosen().selection.steps.map(({ site }) => prepared.sites[site]!.id);

test('the first plan is greedy and has nothing to compare with', () => {
  const { desk, move } = seat();
  expect(move).toMatchObject({ cause: 'choose', difference: null, undoable: 0 });
  expect(desk.chosen().selection.status).toBe('reached');
});

test('a struck site leaves, the share holds, and the difference adds up', () => {
  const sat = seat();
  const before = idsOf(sat);
  const costBefore = sat.desk.chosen().selection.cost;
  const struck = before[2]!;
  const { difference, choice: now } = sat.desk.edit({ act: 'strike', siteId: struck });
  expect(difference!.status).toBe('reached');
  expect(difference!.closed).toContainEqual({ siteId: struck, costCny: 60_000, because: 'refused' });
  expect(now.refusedSiteIds).toEqual([struck]);
  const after = new Set(before);
  for (const { siteId } of difference!.closed) after.delete(siteId);
  for (const { siteId } of difference!.opened) after.add(siteId);
  expect([...after].sort()).toEqual(idsOf(sat).sort());
  expect(difference!.costCny - difference!.extraCostCny).toBe(costBefore);
  expect(sat.desk.describe().summary).toMatchObject({
    costCny: difference!.costCny,
    coveredShare: difference!.coveredShare,
  });
});

test('a locked site comes and stays, and can be struck again', () => {
  const sat = seat();
  const closed = prepared.sites.find(({ id }) => !idsOf(sat).includes(id))!.id;
  expect(sat.desk.edit({ act: 'lock', siteId: closed }).choice.lockedSiteIds).toEqual([closed]);
  expect(idsOf(sat)).toContain(closed);
  const { choice: now } = sat.desk.edit({ act: 'strike', siteId: closed });
  expect(now).toMatchObject({ lockedSiteIds: [], refusedSiteIds: [closed] });
  expect(idsOf(sat)).not.toContain(closed);
});

test('every click can be taken back, in turn, exactly', () => {
  const sat = seat();
  const plans = [sat.desk.chosen().selection];
  for (const act of ['strike', 'lock', 'strike', 'free'] as const) {
    const siteId = act === 'free' ? idsOf(sat)[0]! : idsOf(sat)[1]!;
    expect(sat.desk.edit({ act, siteId }).undoable).toBe(plans.length);
    plans.push(sat.desk.chosen().selection);
  }
  for (let step = plans.length - 2; step >= 0; step--) {
    expect(sat.desk.undo()!.undoable).toBe(step);
    expect(sat.desk.chosen().selection).toEqual(plans[step]);
  }
  expect(sat.desk.undo()).toBeNull();
  // the tool stands where the plan stands: the first click again gives the same plan
  sat.desk.edit({ act: 'strike', siteId: idsOf(sat)[1]! });
  expect(sat.desk.chosen().selection.steps).toEqual(plans[1]!.steps);
});

test('a click that was foreseen gives the same plan as one that was not, and a foresight changes nothing', () => {
  const plain = seat();
  const seeing = seat();
  const chosen = idsOf(plain);
  const closed = prepared.sites.find(({ id }) => !chosen.includes(id))!.id;
  for (const [act, siteId] of [
    ['strike', chosen[1]!],
    ['lock', closed],
    ['free', chosen[1]!],
    ['strike', chosen[2]!],
  ] as const) {
    const before = seeing.desk.chosen();
    seeing.desk.foresee(siteId);
    expect(seeing.desk.chosen()).toBe(before);
    expect(seeing.desk.edit({ act, siteId })).toEqual(plain.desk.edit({ act, siteId }));
    expect(seeing.desk.describe()).toEqual(plain.desk.describe());
  }
  seeing.desk.foresee(chosen[3]!);
  expect(seeing.desk.undo()).toEqual(plain.desk.undo());
  expect(seeing.desk.chosen().selection).toEqual(plain.desk.chosen().selection);
});

test('nothing is foreseen of an unknown site, and nothing of plans by phases', () => {
  const { desk } = seat();
  const before = desk.chosen().selection;
  desk.foresee('nobody');
  expect(desk.chosen().selection).toEqual(before);
  const phase = { name: '一期', targetShare: 0.4, areaShares: [], maxSites: null, budgetCny: null };
  const phased = seat({ ...plainChoice, phases: [phase, { ...phase, name: '二期', targetShare: 0.8 }] });
  const first = idsOf(phased)[0]!;
  phased.desk.foresee(first);
  expect(idsOf(phased)).toContain(first);
});

test('another choice forgets the clicks', () => {
  const { desk } = seat();
  desk.edit({ act: 'strike', siteId: prepared.sites[0]!.id });
  expect(desk.choose({ ...choice, targetShare: 0.7 }).undoable).toBe(0);
  expect(desk.undo()).toBeNull();
});

test('a search replaces the plan when it is no worse, and can be taken back after clicks', () => {
  const sat = seat();
  const { request: _own, ...found } = chooseSites(
    requestOf(prepared, choice),
    {},
    {
      priceSteps: 100,
      improveSteps: 500,
      seed: 1,
    },
  );
  const first = sat.desk.take(found);
  expect(first).toMatchObject({ cause: 'improve', undoable: 0 });
  expect(sat.desk.chosen().selection).toEqual(found.selection);
  sat.desk.edit({ act: 'strike', siteId: idsOf(sat)[0]! });
  const repaired = sat.desk.chosen().selection;
  const { request: _again, ...better } = chooseSites(sat.desk.request());
  if (better.selection.cost <= repaired.cost) {
    expect(sat.desk.take(better).undoable).toBe(2);
    sat.desk.undo();
  }
  expect(sat.desk.chosen().selection).toEqual(repaired);
});

test('of a dearer plan only the bound is taken', () => {
  const sat = seat();
  const request = sat.desk.request();
  const closed = prepared.sites.findIndex(({ id }) => !idsOf(sat).includes(id));
  const { request: _own, ...found } = chooseSites(
    { ...request, choice: { ...request.choice, locked: [closed] } },
    {},
    { priceSteps: 100, improveSteps: 0, seed: 1 },
  );
  const { steps, cost, certificate } = sat.desk.chosen().selection;
  expect(found.selection.cost).toBeGreaterThan(cost);
  const { difference } = sat.desk.take(found);
  expect(difference).toMatchObject({ opened: [], closed: [], extraCostCny: 0 });
  expect(sat.desk.chosen().selection.steps).toEqual(steps);
  expect(sat.desk.chosen().selection.certificate.bound).toBeGreaterThan(certificate.bound);
});

test('a bound for the sites at hand changes nothing that a click stands on', () => {
  const sat = seat();
  sat.desk.edit({ act: 'strike', siteId: idsOf(sat)[0]! });
  expect(sat.desk.isBounded()).toBe(false);
  const before = idsOf(sat);
  const keep = sat.desk.chosen().selection.steps.map(({ site }) => site);
  const { request: _own, ...found } = chooseSites(
    { ...sat.desk.request(), keep },
    {},
    {
      priceSteps: 100,
      improveSteps: 0,
      seed: 1,
    },
  );
  expect(sat.desk.take(found)).toMatchObject({ undoable: 1, difference: { opened: [], closed: [] } });
  expect(sat.desk.isBounded()).toBe(true);
  expect(idsOf(sat).sort()).toEqual(before.sort());
  expect(sat.desk.undo()!.undoable).toBe(0);
});

test('a repaired plan keeps a bound that the prices of the plan before prove', () => {
  const sat = seat();
  const { request: _own, ...found } = chooseSites(
    requestOf(prepared, choice),
    {},
    {
      priceSteps: 100,
      improveSteps: 0,
      seed: 1,
    },
  );
  sat.desk.take(found);
  const { difference } = sat.desk.edit({ act: 'strike', siteId: idsOf(sat)[0]! });
  const { certificate } = sat.desk.chosen().selection;
  expect(certificate.method).toBe('prices');
  expect(certificate.bound).toBeGreaterThan(0);
  expect(certificate.bound).toBeLessThanOrEqual(difference!.costCny);
});

test('a plan by phases is chosen anew at every click, and has no prices for one site', () => {
  const phase = { name: '一期', targetShare: 0.5, areaShares: [], budgetCny: null, maxSites: null };
  const sat = seat({ ...plainChoice, phases: [phase, { ...phase, name: '二期', targetShare: 0.8 }] });
  const struck = idsOf(sat)[0]!;
  expect(sat.desk.reasonsOf(struck)).toBeNull();
  const { difference } = sat.desk.edit({ act: 'strike', siteId: struck });
  expect(difference!.closed).toContainEqual({ siteId: struck, costCny: 60_000, because: null });
  expect(idsOf(sat)).not.toContain(struck);
  sat.desk.undo();
  expect(idsOf(sat)).toContain(struck);
});

test('a site is never both refused and locked', () => {
  const locked = choiceAfter(choiceAfter(choice, { act: 'strike', siteId: 'a' }), {
    act: 'lock',
    siteId: 'a',
  });
  expect(locked).toMatchObject({ refusedSiteIds: [], lockedSiteIds: ['a'] });
  expect(choiceAfter(locked, { act: 'free', siteId: 'a' })).toMatchObject({
    refusedSiteIds: [],
    lockedSiteIds: [],
  });
});
