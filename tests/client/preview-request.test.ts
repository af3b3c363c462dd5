// Saving a preview: the plan the service makes of the request opens what stood on the screen, after whatever clicks and changes.
import { expect, test } from 'vitest';
import { makePlanDesk } from '../../client/preview/plan-desk.ts';
import { emptyPlanForm, planRequestOf } from '../../client/state/plan-form.ts';
import { previewRequestOf } from '../../client/state/preview-request.ts';
import { type PlanChoice, type PlanResult, prepareCoverage } from '../../engine/index.ts';
import { makePlan } from '../../engine/plan/make-plan.ts';
import { planChoiceOf } from '../../server/jobs/plan-choice.ts';
import { aChoice, aMesh, anInput, blocks } from '../engine/plan/a-place.ts';

const prepared = prepareCoverage(
  anInput({ sites: aMesh(1000, 1000, 125), buildings: blocks(1000, 1000), binSizeM: 20 }),
);
const [areaId] = prepared.areas.map(({ area }) => area.id);
const started = planRequestOf({ ...emptyPlanForm, targetShare: 0.8 }, [areaId!], '预览');
const phase = { areaShares: [], budgetCny: null, maxSites: null };

test.each<[string, Partial<PlanChoice>]>([
  ['plain', {}],
  ['with a budget that does not suffice', { budgetCny: 300_000 }],
  ['with a share nobody reaches', { targetShare: 1 }],
  ['in strict order', { siteOrder: 'build-mode' }],
  [
    'by phases',
    {
      phases: [
        { ...phase, name: '一期', targetShare: 0.5 },
        { ...phase, name: '二期', targetShare: null },
      ],
    },
  ],
])('a plan %s is saved as it is seen, before and after clicks', (_, changes) => {
  const { desk, move } = makePlanDesk(prepared, aChoice({ targetShare: 0.8, ...changes }));
  const ids = () => newIdsOf(desk.describe().items);
  expectSaved(desk.describe(), move.choice);
  desk.edit({ act: 'strike', siteId: ids()[1]! });
  desk.edit({ act: 'lock', siteId: prepared.sites.find(({ id }) => !ids().includes(id))!.id });
  const { choice } = desk.edit({ act: 'strike', siteId: ids()[0]! });
  expectSaved(desk.describe(), choice);
});

test('rules that were changed live are saved, and nothing of a plan to stay near to is asked for again', () => {
  const { desk } = makePlanDesk(prepared, aChoice({ targetShare: 0.8 }));
  const { choice } = desk.choose(aChoice({ targetShare: 0.8, spacing: { poleM: 150, roofM: 0, towerM: 0 } }));
  const request = previewRequestOf({ ...started, stayNear: true }, choice, desk.describe());
  expect(request).toMatchObject({ spacing: { poleM: 150 }, stayNear: false });
});

test('what a complete search has proved is asked for again, so that its proof is kept', () => {
  const { desk, move } = makePlanDesk(prepared, aChoice({ targetShare: 0.8, effort: 'exact' }));
  const { items, summary } = desk.describe();
  const certificate = { ...summary.certificate, method: 'exact', optimal: true } as const;
  expect(previewRequestOf(started, move.choice, { items, summary: { certificate } }).keepSiteIds).toBeNull();
});

function expectSaved(shown: PlanResult, choice: PlanChoice): void {
  const request = previewRequestOf(started, choice, shown);
  const saved = makePlan(prepared, planChoiceOf(request));
  expect(newIdsOf(saved.items).sort()).toEqual(newIdsOf(shown.items).sort());
  const { status, costCny, coveredShare } = shown.summary;
  expect(saved.summary).toMatchObject({ status, costCny, coveredShare });
}

const newIdsOf = (items: readonly { readonly siteId: string; readonly status: string }[]): string[] =>
  items.flatMap(({ siteId, status }) => (status === 'new' ? [siteId] : []));
