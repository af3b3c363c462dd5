// The claim board, cases and relocations as plain functions: addresses, drafts, clocks, the picture of a case, the gate, photos before
// they are sent.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ApiError } from '../../client/api/fetch-reply.ts';
import { isAnswered, makeAct } from '../../client/api/once-key.ts';
import { messageFiles } from '../../client/format/i18n.ts';
import {
  bulkCaseTargets,
  changesOf,
  editableFields,
  editedFields,
  kindOfCaseField,
} from '../../client/screens/cases/case-move-fields.ts';
import { casePicture } from '../../client/screens/cases/case-steps.ts';
import {
  caseExportQueryOf,
  changedCases,
  plainCases,
  readCasesView,
  writeCasesView,
} from '../../client/screens/cases/cases-query.ts';
import { surveyDraftOf, withPhotos } from '../../client/screens/cases/survey-draft.ts';
import { claimLacks, emptyClaim, newClaimOf, sameClaimAt } from '../../client/screens/claims/claim-draft.ts';
import {
  changedClaims,
  claimPageQueryOf,
  openPageQueryOf,
  plainClaims,
  readClaimsView,
  writeClaimsView,
} from '../../client/screens/claims/claims-query.ts';
import { holdClock } from '../../client/screens/claims/hold-clock.ts';
import { queueFiles } from '../../client/screens/photos/file-queue.ts';
import { refusePhoto } from '../../client/screens/photos/refuse-photo.ts';
import { reasonOf } from '../../client/screens/relocations/gate-sign.tsx';
import {
  emptyRelocation,
  relocationChangesOf,
  relocationLacks,
} from '../../client/screens/relocations/relocation-draft.ts';
import {
  plainRelocations,
  readRelocationsView,
  relocationPageQueryOf,
  writeRelocationsView,
} from '../../client/screens/relocations/relocations-query.ts';
import {
  type CaseState,
  caseChain,
  caseMachine,
  caseStates,
  claimRules,
  claimStates,
  photoKinds,
  relocationCauses,
  relocationMachine,
  relocationStates,
} from '../../engine/index.ts';
import { bulkCaseMoveSchema, caseChangesSchema, type SurveyJson } from '../../server/contract/cases.ts';
import {
  type Permission,
  permissionWords,
  type Role,
  scopeOf,
} from '../../server/permission/permission-table.ts';

test('a view of the claim board comes back from its address', () => {
  const anyView = fc.record({
    tab: fc.constantFrom('mine' as const, 'all' as const),
    state: fc.constantFrom(null, ...claimStates, '申请,持有'),
    rule: fc.constantFrom(null, ...claimRules),
    q: fc.constantFrom(null, '人民路'),
    endsWithinDays: fc.constantFrom(null, '5'),
    sort: fc.constantFrom(null, 'until', 'company'),
    order: fc.constantFrom('asc' as const, 'desc' as const),
    page: fc.integer({ min: 1, max: 200_000 }),
    claim: fc.constantFrom(null, 'claim&1'),
    resource: fc.constantFrom(null, 'resource 1'),
  });
  fc.assert(
    fc.property(anyView, (part) => {
      const view = { ...plainClaims, ...part };
      expect(readClaimsView(new URLSearchParams(writeClaimsView(view).toString()), 'open')).toEqual(view);
    }),
    { seed: 9, numRuns: 200 },
  );
});

test('nothing of a spoilt address of a desk is believed', () => {
  const params = new URLSearchParams(
    'state=开着&rule=NO&sort=secret&page=-1&rows=7&endsWithinDays=x&cause=飞',
  );
  expect(readClaimsView(params, 'open')).toEqual(plainClaims);
  expect(readCasesView(params)).toEqual(plainCases);
  expect(readRelocationsView(params)).toEqual(plainRelocations);
});

test('a link of a demand opens the dialog for its resource', () => {
  const view = readClaimsView(new URLSearchParams('demand=d1&resource=r1'), 'open');
  expect(view).toMatchObject({ tab: 'open', demand: 'd1', resource: 'r1' });
});

test('a link that filters claims shows claims, whoever follows it', () => {
  const tabOf = (search: string) => readClaimsView(new URLSearchParams(search), 'open').tab;
  expect(tabOf('mine=true&endsWithinDays=5')).toBe('mine');
  expect(tabOf('waiting=confirmation')).toBe('all');
  expect(tabOf('q=人民路')).toBe('open');
});

test('another tab of the board leaves the filters of the first behind, but not the place', () => {
  const view = { ...plainClaims, tab: 'mine' as const, state: '持有', districtCode: '990101', page: 4 };
  expect(changedClaims(view, { tab: 'open' })).toEqual({
    ...plainClaims,
    tab: 'open',
    districtCode: '990101',
  });
  expect(changedClaims(view, { claim: 'c1' })).toMatchObject({ page: 4, claim: 'c1' });
  expect(changedClaims(view, { state: null }).page).toBe(1);
});

test('the board asks for open rooms, for my claims, and for the newest first', () => {
  expect(openPageQueryOf(plainClaims)).toMatchObject({ state: '已开放,部分占用', sort: 'code' });
  const mine = claimPageQueryOf({ ...plainClaims, tab: 'mine', state: '持有', endsWithinDays: '5' });
  expect(mine).toMatchObject({
    mine: 'true',
    state: '持有',
    endsWithinDays: 5,
    sort: 'submittedAt',
    order: 'desc',
  });
});

test('the clock of a hold turns from calm to near to soon to over', () => {
  const now = Date.parse('2026-03-10T00:00:00Z');
  const tone = (until: string) => holdClock(until, now)?.tone;
  expect(['2026-03-20', '2026-03-14', '2026-03-11', '2026-03-09'].map(tone)).toEqual([
    'calm',
    'near',
    'soon',
    'over',
  ]);
  expect(holdClock('2026-03-12T05:00:00Z', now)).toMatchObject({ days: 2, hours: 5 });
  expect([holdClock(null, now), holdClock('bald', now)]).toEqual([null, null]);
});

test('a claim says no more than was filled in, and keeps its wishes at a substitute', () => {
  const draft = { ...emptyClaim, resourceId: 'r1', operators: ['移动'], loadKg: 20, note: ' ' };
  expect(newClaimOf(draft, 's1')).toEqual({ resourceId: 'r1', operators: ['移动'], loadKg: 20 });
  const ofPlan = { ...draft, planId: 'p1' };
  expect(newClaimOf(ofPlan, 's1')).toMatchObject({ planId: 'p1', siteId: 's1' });
  expect(newClaimOf(ofPlan, null)).toMatchObject({ resourceId: 'r1' });
  expect(sameClaimAt(ofPlan, 'r2')).toEqual({ resourceId: 'r2', operators: ['移动'], loadKg: 20 });
});

test('a claim needs an operator or a demand that has one', () => {
  const draft = { ...emptyClaim, resourceId: 'r1' };
  expect(claimLacks(draft)).toBe('operators');
  expect(claimLacks({ ...draft, demandIds: ['d1'] })).toBeNull();
});

test('a case on the chain has its past behind it, a case aside stopped where it left', () => {
  const standing = (state: CaseState, stateBefore: CaseState | null = null) => {
    const { steps, aside } = casePicture({ state, stateBefore, listedAt: '2026-03-01' });
    return { aside, here: steps.find((step) => step.standing !== 'done')?.state };
  };
  for (const state of caseChain) expect(standing(state)).toEqual({ aside: null, here: state });
  expect(standing('疑难', '建设')).toEqual({ aside: '疑难', here: '建设' });
  const { steps } = casePicture({ state: '疑难', stateBefore: '谈点', listedAt: null });
  expect(steps.find((step) => step.standing === 'held')?.state).toBe('谈点');
  // work began before the review has decided
  expect(steps.filter((step) => step.standing === 'open').map(({ state }) => state)).toEqual([
    '已申报',
    '审查中',
    '列入计划',
  ]);
  expect(standing('撤销')).toEqual({ aside: '撤销', here: '需求' });
});

test('every field the service takes with a move has an input', () => {
  for (const field of Object.keys(caseChangesSchema.properties))
    expect(kindOfCaseField(field)).not.toBeNull();
  expect(kindOfCaseField('toString')).toBeNull();
  expect(changesOf({ agreement: ' 函 1 ', agreedOn: null, remark: '' })).toEqual({ agreement: '函 1' });
});

test('everybody mends what is theirs of a case, and sends only what was touched', () => {
  const may = (role: Role, organisation: string, permission: Permission) =>
    editableFields(
      { role, organisation, permissions: { [permission]: 'territory' } },
      { state: '建设', operator: '移动', company: '甲铁塔' },
    );
  expect(may('tower', '甲铁塔', 'case:update')).toContain('completedOn');
  expect(may('tower', '乙铁塔', 'case:update')).toEqual([]);
  expect(may('operator', '移动', 'case:confirm')).toEqual(['onAirOn', 'onAirEvidence']);
  expect(may('district', '区科委', 'case:verify')).toEqual(['acceptedOn']);
  const read = { agreedOn: '2026-03-01', agreement: '', filingNumber: '备 1' };
  expect(editedFields(read, { agreedOn: null, agreement: ' ', filingNumber: ' 备 2 ' })).toEqual({
    agreedOn: null,
    filingNumber: '备 2',
  });
});

test('many cases go only where this role moves one by hand', () => {
  const targets = (role: Role) =>
    bulkCaseTargets({
      permissions: Object.fromEntries(
        permissionWords.flatMap((word) => {
          const scope = scopeOf(word, role);
          return scope === undefined ? [] : [[word, scope] as const];
        }),
      ),
    });
  const building = targets('tower');
  expect(building.find(({ to }) => to === '报建备案')).toMatchObject({ fields: [] });
  expect(building.find(({ to }) => to === '建设')?.fields).toEqual(['filingNumber', 'filedOn']);
  expect(building.map(({ to }) => to)).not.toContain('开通');
  expect(targets('operator').map(({ to }) => to)).toContain('开通');
  expect(targets('town')).toEqual([]);
});

test('a view of the cases comes back from its address and starts anew with a filter', () => {
  const view = { ...plainCases, state: '建设', stalledDays: '30', sort: 'number' as const, page: 3 };
  expect(readCasesView(writeCasesView(view))).toEqual(view);
  expect(changedCases(view, { q: '人民路' })).toMatchObject({ page: 1, q: '人民路', state: '建设' });
  expect(caseExportQueryOf(view)).toEqual({ stalledDays: 30, state: '建设', sort: 'number', order: 'asc' });
  expect(Object.keys(bulkCaseMoveSchema.properties)).toContain('dryRun');
});

const aSurvey: SurveyJson = {
  caseId: 'c1',
  position: [121.47371, 31.23041],
  accuracyM: 2,
  mountHeightM: 12,
  structureCheck: '未核',
  powerMode: null,
  powerDistanceM: null,
  powerKva: null,
  fibre: null,
  ductDistanceM: null,
  room: '',
  surveyedOn: null,
  surveyor: '',
  remark: '',
  photoIds: [],
  updatedAt: null,
  version: 0,
  missingFields: [],
  missingPhotoKinds: [],
};

test('a survey names the photos of its case, and not those of a later step', () => {
  const photos = [
    { id: 'p1', kind: '全景' },
    { id: 'p2', kind: '开通证据' },
  ];
  expect(withPhotos(surveyDraftOf(aSurvey), photos).photoIds).toEqual(['p1']);
});

test.each([
  ['现场.jpg', 'image/jpeg', 2_000_000, null],
  ['现场', '', 2_000_000, null],
  ['IMG_1.HEIC', '', 2_000_000, 'heic'],
  ['说明.pdf', 'application/pdf', 2_000, 'type'],
  ['空.jpg', 'image/jpeg', 0, 'empty'],
  ['大.jpg', 'image/jpeg', 11_000_000, 'size'],
] as const)('%s of type "%s" and %i bytes is refused before sending as: %s', (name, type, size, refusal) => {
  expect(refusePhoto({ name, type, size })).toBe(refusal);
});

test('one hopeless photo of several keeps no other back', () => {
  const files = [
    new File(['x'], 'a.jpg', { type: 'image/jpeg' }),
    new File(['x'], 'b.gif', { type: 'image/gif' }),
  ];
  let keys = 0;
  expect(queueFiles(files, refusePhoto, () => `k${++keys}`).map(({ key, state }) => [key, state])).toEqual([
    ['k1', 'waiting'],
    ['k2', 'refused'],
  ]);
});

test('a locked gate says what has to come first', () => {
  const gate = { affected: 2, replacements: 2, onAir: 2, ready: 2, overridden: false, open: true };
  expect(reasonOf({ ...gate, affected: 0 })).toBe('noneAffected');
  expect(reasonOf({ ...gate, replacements: 1, onAir: 1, ready: 1 })).toBe('fewReplacements');
  expect(reasonOf({ ...gate, onAir: 1, ready: 1 })).toBe('notOnAir');
  expect(reasonOf({ ...gate, ready: 1 })).toBe('noTransmission');
  expect(reasonOf(gate)).toBe('ready');
});

test('a relocation is sent with what was touched, and never replaces a site by itself', () => {
  const before = { ...emptyRelocation, project: '人民路拓宽', affectedSiteIds: ['s1'] };
  const milestones = [
    { name: ' 断电 ', dueOn: null, doneOn: null },
    { name: ' ', dueOn: null, doneOn: null },
  ];
  expect(relocationChangesOf(before, { ...before, milestones })).toEqual({
    milestones: [{ name: '断电', dueOn: null, doneOn: null }],
  });
  expect(relocationChangesOf(before, before)).toEqual({});
  expect(relocationLacks(before)).toBeNull();
  expect(relocationLacks({ ...before, replacementSiteIds: ['s1'] })).toBe('both');
  expect(relocationLacks(emptyRelocation)).toBe('project');
});

test('a view of the relocations comes back from its address', () => {
  const view = { ...plainRelocations, state: '可拆除', gateOpen: 'true', cause: '道路改造' };
  expect(readRelocationsView(writeRelocationsView(view))).toEqual(view);
  expect(relocationPageQueryOf(view)).toMatchObject({
    gateOpen: 'true',
    sort: 'updatedAt',
    order: 'desc',
  });
});

test('every state, rule, kind and cause of the three desks has its words', () => {
  const words = messageFiles.en as unknown as Record<string, Record<string, Record<string, string>>>;
  expect(Object.keys(words.claims!.state!)).toEqual([...claimStates]);
  expect(Object.keys(words.claims!.rule!)).toEqual([...claimRules]);
  expect(Object.keys(words.cases!.state!)).toEqual([...caseStates]);
  expect(Object.keys(words.photos!.kind!)).toEqual([...photoKinds]);
  expect(Object.keys(words.relocations!.state!)).toEqual([...relocationStates]);
  expect(Object.keys(words.relocations!.cause!)).toEqual([...relocationCauses]);
  const aside = caseMachine.states.filter((state) => !(caseChain as readonly string[]).includes(state));
  expect(Object.keys(words.cases!.aside!)).toEqual(aside);
  expect(relocationMachine.states).toEqual(relocationStates);
});

test('silence is no answer: the act goes again under its key, and a refusal begins another', async () => {
  const reply = { code: 'X', message: { zh: '', en: '' }, hint: { zh: '', en: '' } };
  const refused = new ApiError(409, reply);
  const silent = new ApiError(0, reply);
  expect([refused, silent, new ApiError(503, reply), new TypeError('x')].map(isAnswered)).toEqual([
    true,
    false,
    false,
    false,
  ]);
  const act = makeAct();
  const keys: string[] = [];
  const outcomes: unknown[] = [silent, null, refused, null];
  for (const outcome of outcomes)
    await act
      .run(async (once) => {
        keys.push(once);
        if (outcome !== null) throw outcome;
      })
      .catch(() => undefined);
  expect(keys[1]).toBe(keys[0]);
  expect(new Set(keys).size).toBe(3);
});
