// From the form to the request, and from a plan back to the form.
import { expect, test } from 'vitest';
import { areasStore } from '../../client/state/areas.ts';
import { makeStore } from '../../client/state/make-store.ts';
import {
  copyPlanToForm,
  emptyPlanForm,
  planFormStore,
  planRequestOf,
  replanRequestOf,
} from '../../client/state/plan-form.ts';
import type { PlanJson } from '../../server/contract/plans.ts';

const request = planRequestOf(
  { ...emptyPlanForm, targetShare: 0.97, lockedSiteIds: ['a'] },
  ['area-1'],
  '自动名称',
);
const plan: PlanJson = {
  id: 'plan-1',
  name: '自动名称',
  state: 'done',
  progress: null,
  error: null,
  request,
  basedOnPlanId: null,
  fingerprint: null,
  summary: null,
  seconds: null,
  peakMb: null,
  createdAt: '2026-01-01T00:00:00Z',
  finishedAt: null,
  office: {
    type: '情景方案',
    state: '草稿',
    since: '2026-01-01T00:00:00Z',
    documentNo: null,
    effectiveOn: null,
    version: 1,
    windowTo: null,
    isReturned: false,
  },
};

test('a plan without a name gets the name made for it', () => {
  expect(planRequestOf({ ...emptyPlanForm, name: '  ' }, ['area-1'], '自动名称').name).toBe('自动名称');
  expect(planRequestOf({ ...emptyPlanForm, name: ' 一期 ' }, ['area-1'], '自动名称').name).toBe('一期');
});

test('a copied plan makes the same request again', () => {
  copyPlanToForm(plan);
  expect(planRequestOf(planFormStore.get(), areasStore.get().chosenIds, '自动名称')).toEqual(request);
});

test('weights go into the request, come back from it, and older plans weigh ground without key areas', () => {
  const asked = planRequestOf(
    { ...emptyPlanForm, weightBy: 'roads', keyAreaFactor: 3 },
    ['area-1'],
    '自动名称',
  );
  expect(asked).toMatchObject({ weightBy: 'roads', keyAreaFactor: 3 });
  copyPlanToForm({ ...plan, request: asked });
  expect(planFormStore.get()).toMatchObject({ weightBy: 'roads', keyAreaFactor: 3 });
  const { weightBy: _weight, keyAreaFactor: _factor, ...older } = asked;
  copyPlanToForm({ ...plan, request: older });
  expect(planFormStore.get()).toMatchObject({ weightBy: 'area', keyAreaFactor: 1 });
});

test('radio settings go into the request, come back from it, and are the defaults for older plans', () => {
  const radio = { ...emptyPlanForm.radio, poleModel: 'P1411', antennaId: 'antenna-1', load: 0.3 } as const;
  const asked = planRequestOf({ ...emptyPlanForm, radio }, ['area-1'], '自动名称');
  expect(asked.radio).toEqual(radio);
  copyPlanToForm({ ...plan, request: asked });
  expect(planFormStore.get().radio).toEqual(radio);
  const { radio: _radio, ...older } = asked;
  copyPlanToForm({ ...plan, request: older });
  expect(planFormStore.get().radio).toEqual({
    macroModel: 'UMa',
    poleModel: 'UMi',
    roadHeightM: 0,
    antennaId: null,
    useFileGain: false,
    load: 0.5,
    indoorBuilding: 'low',
  });
});

test('a struck site is refused in the re-plan and no longer locked', () => {
  const next = replanRequestOf(plan, ['a', 'b'], '重算');
  expect(next).toMatchObject({
    basedOnPlanId: 'plan-1',
    refusedSiteIds: ['a', 'b'],
    lockedSiteIds: [],
    targetShare: 0.97,
  });
});

test('a store tells its listeners of changes and of nothing else', () => {
  const store = makeStore({ a: 1, b: 'x' });
  let told = 0;
  const stop = store.subscribe(() => {
    told += 1;
  });
  store.set({ a: 1 });
  store.set({ a: 2 });
  stop();
  store.set({ a: 3 });
  expect(told).toBe(1);
  expect(store.get()).toEqual({ a: 3, b: 'x' });
});
