// The automatic checks of a batch row against the numbers of the domain reference (8.3 and 9), and what comes back of a returned row.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findEquipmentProfile } from '../../../engine/model/equipment-profile.ts';
import { changedFields, reviewedFields } from '../../../engine/review/changed-fields.ts';
import {
  checkRow,
  type RowCheckFacts,
  type RowCheckId,
  type RowCheckRules,
  rowCheckIds,
  rowCheckResults,
} from '../../../engine/review/row-checks.ts';

const rules: RowCheckRules = {
  duplicateRadiusM: 50,
  towerSpacingSettlementM: 500,
  towerSpacingOtherM: 3000,
};

/** An opened pole with its owner's consent, nothing near it, everything known. */
const plain: RowCheckFacts = {
  districtCode: '310901',
  foundDistrictCode: '310901',
  outlineKnown: true,
  nearby: [],
  constraintFlags: [],
  areaKinds: [],
  consent: 'confirmed',
  resourceState: '已开放',
  slotsFree: 2,
  operators: 2,
  operatorsClaimed: 0,
  structure: 'pole',
  buildMode: '直接利用',
  heightM: 8,
  towerM: null,
  buildingsAround: 40,
  tallBuildingM: null,
  buildingsWithoutHeight: 0,
  profile: findEquipmentProfile('n41') ?? null,
};

const resultOf = (id: RowCheckId, facts: Partial<RowCheckFacts>): string => {
  const found = checkRow({ ...plain, ...facts }, rules).find((check) => check.id === id);
  return `${found?.result} ${found?.because}`;
};

describe('checks of a row', () => {
  test('a row with nothing against it passes, but for the earth stations nobody lists', () => {
    const checks = checkRow(plain, rules);
    expect(checks.map(({ id }) => id)).toEqual(rowCheckIds);
    expect(checks.filter(({ result }) => result !== 'pass').map(({ id, because }) => [id, because])).toEqual(
      [],
    );
    const at35 = { profile: findEquipmentProfile('n78') ?? null };
    expect(resultOf('CHECK-EARTH-STATION', at35)).toBe('unknown no-stations');
    expect(resultOf('CHECK-EARTH-STATION', { ...at35, areaKinds: ['干扰协调区'] })).toBe(
      'warn coordination-zone',
    );
    // 700 MHz is coordinated with nobody there
    expect(resultOf('CHECK-EARTH-STATION', { profile: findEquipmentProfile('n28') ?? null })).toBe(
      'pass other-band',
    );
  });

  test('a place outside the district fails, and is unknown where no outline is stored', () => {
    expect(resultOf('CHECK-TERRITORY', { foundDistrictCode: '310902' })).toBe('fail outside');
    expect(resultOf('CHECK-TERRITORY', { foundDistrictCode: null })).toBe('fail outside');
    expect(resultOf('CHECK-TERRITORY', { foundDistrictCode: null, outlineKnown: false })).toBe(
      'unknown no-outline',
    );
  });

  test('what lies within 50 m is told, and the same place twice fails', () => {
    const near = { kind: 'station', code: 'A', distanceM: 49.96 } as const;
    expect(resultOf('CHECK-DUPLICATE', { nearby: [near] })).toBe('warn near');
    expect(resultOf('CHECK-DUPLICATE', { nearby: [{ kind: 'row', code: 'B', distanceM: 0.4 }] })).toBe(
      'fail same-place',
    );
    // a second station on the same mast is sharing, not a mistake
    expect(resultOf('CHECK-DUPLICATE', { nearby: [{ ...near, distanceM: 0 }] })).toBe('warn near');
    const [, told] = checkRow({ ...plain, nearby: [near, { ...near, code: null }] }, rules);
    expect(told?.facts).toMatchObject({ distanceM: 50, codes: ['A'], places: 2 });
  });

  test.each([
    [['文保'], 'fail barred'],
    [['基本农田', '净空'], 'fail barred'],
    [['林地'], 'warn flagged'],
    [['干扰协调区'], 'pass none'],
  ])('flags %j give %s', (constraintFlags, expected) => {
    expect(resultOf('CHECK-CONSTRAINT', { constraintFlags })).toBe(expected);
  });

  test('flags come from areas too, and a site that is not in the library is unknown', () => {
    expect(resultOf('CHECK-CONSTRAINT', { areaKinds: ['禁建区', '商圈'] })).toBe('fail barred');
    const outside = { constraintFlags: null, consent: null, resourceState: null, slotsFree: null };
    for (const id of ['CHECK-CONSTRAINT', 'CHECK-CONSENT', 'CHECK-OPEN'] as const)
      expect(resultOf(id, outside)).toBe('unknown not-in-library');
    expect(resultOf('CHECK-CONSTRAINT', { ...outside, areaKinds: ['限建区'] })).toBe('warn flagged');
  });

  test('consent is the owner’s or the whitelist’s; a resource is open while it has a slot for each operator who has not claimed one there', () => {
    expect(resultOf('CHECK-CONSENT', { consent: 'whitelisted' })).toBe('pass whitelisted');
    expect(resultOf('CHECK-CONSENT', { consent: 'missing' })).toBe('fail missing');
    expect(resultOf('CHECK-OPEN', { slotsFree: 1 })).toBe('fail full');
    expect(resultOf('CHECK-OPEN', { slotsFree: null })).toBe('pass open');
    expect(resultOf('CHECK-OPEN', { resourceState: '满载', slotsFree: null })).toBe('fail full');
    expect(resultOf('CHECK-OPEN', { resourceState: '暂停' })).toBe('fail closed');
    expect(resultOf('CHECK-OPEN', { resourceState: '待产权确认' })).toBe('warn not-open');
    const locked = { resourceState: '已锁定', slotsFree: 0 };
    expect(resultOf('CHECK-OPEN', locked)).toBe('fail full');
    expect(resultOf('CHECK-OPEN', { ...locked, operatorsClaimed: 1 })).toBe('fail full');
    expect(resultOf('CHECK-OPEN', { ...locked, slotsFree: 1, operatorsClaimed: 1 })).toBe('pass open');
    expect(resultOf('CHECK-OPEN', { ...locked, operatorsClaimed: 2 })).toBe('pass claimed');
    expect(resultOf('CHECK-OPEN', { resourceState: '暂停', operatorsClaimed: 2 })).toBe('fail closed');
  });

  test.each([
    [499, 40, 'fail near-tower'],
    [500, 40, 'pass apart'],
    [2999, 3, 'fail near-tower'],
    [3000, 3, 'pass apart'],
    [499, null, 'fail near-tower'],
    [1200, null, 'unknown settlement-unknown'],
    [null, null, 'pass alone'],
  ])('a new tower %s m from another with %s buildings around: %s', (towerM, buildingsAround, expected) => {
    expect(
      resultOf('CHECK-SHARING', { structure: 'tower', buildMode: '新建', towerM, buildingsAround }),
    ).toBe(expected);
  });

  test('poles, roofs and towers that stand already are not asked for their distance', () => {
    expect(resultOf('CHECK-SHARING', { towerM: 10 })).toBe('pass no-new-tower');
    expect(resultOf('CHECK-SHARING', { structure: 'tower', buildMode: '改造', towerM: 10 })).toBe(
      'pass no-new-tower',
    );
  });

  test('exposure is screened with the distances of section 9: 40 m and 90 m for a macro of 3.5 GHz at mean load', () => {
    const macro = { structure: 'roof', profile: findEquipmentProfile('n78') ?? null } as const;
    const facts = checkRow({ ...plain, ...macro, tallBuildingM: 60 }, rules).find(
      ({ id }) => id === 'CHECK-EMF',
    )?.facts;
    expect(facts?.limitM).toBeCloseTo(40, 0);
    expect(facts?.projectLimitM).toBeCloseTo(90, 0);
    expect(resultOf('CHECK-EMF', { ...macro, tallBuildingM: 39 })).toBe('fail within-limit');
    expect(resultOf('CHECK-EMF', { ...macro, tallBuildingM: 89 })).toBe('warn within-project-limit');
    expect(resultOf('CHECK-EMF', { ...macro, tallBuildingM: 91 })).toBe('pass beyond');
    // a pole reaches few metres, and 30 m stay advised (YD 5039-2009)
    expect(resultOf('CHECK-EMF', { tallBuildingM: 29 })).toBe('warn advisory');
    expect(resultOf('CHECK-EMF', { tallBuildingM: 31 })).toBe('pass beyond');
  });

  test('exposure never passes without buildings, heights or equipment', () => {
    expect(resultOf('CHECK-EMF', { buildingsAround: null })).toBe('unknown no-buildings');
    expect(resultOf('CHECK-EMF', { buildingsWithoutHeight: 1 })).toBe('unknown no-heights');
    expect(resultOf('CHECK-EMF', { profile: null })).toBe('unknown no-equipment');
    expect(resultOf('CHECK-EMF', { profile: null, tallBuildingM: 12 })).toBe('warn advisory');
    expect(resultOf('CHECK-EMF', { constraintFlags: ['敏感目标'] })).toBe('warn sensitive');
  });

  test('whatever the facts, each check says one word and no number is wild', () => {
    const metres = fc.option(fc.double({ min: 0, max: 5000, noNaN: true }));
    const given = fc.record({
      nearby: fc.array(
        fc.record({
          kind: fc.constantFrom('row' as const, 'station' as const),
          code: fc.option(fc.string()),
          distanceM: fc.double({ min: 0, max: 50, noNaN: true }),
        }),
        { maxLength: 5 },
      ),
      towerM: metres,
      tallBuildingM: metres,
      buildingsAround: fc.option(fc.nat(500)),
      buildingsWithoutHeight: fc.nat(5),
      structure: fc.constantFrom('pole' as const, 'roof' as const, 'tower' as const),
      buildMode: fc.constantFrom('新建' as const, '改造' as const),
      slotsFree: fc.option(fc.nat(5)),
    });
    fc.assert(
      fc.property(given, (facts) => {
        const checks = checkRow({ ...plain, ...facts }, rules);
        expect(checks.map(({ id }) => id)).toEqual(rowCheckIds);
        for (const { result, facts: told } of checks) {
          expect(rowCheckResults).toContain(result);
          for (const value of Object.values(told))
            if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
        }
      }),
      { seed: 44, numRuns: 200 },
    );
  });
});

describe('a row that comes back', () => {
  const row = { name: '甲', position: [121, 31], forOperators: ['电信', '移动'], heightM: 8, note: '' };

  test('shows what differs, in the order people read', () => {
    expect(changedFields(row, { ...row, note: '已补', heightM: 10, position: [121.001, 31] })).toEqual([
      { field: 'position', before: [121, 31], after: [121.001, 31] },
      { field: 'heightM', before: 8, after: 10 },
      { field: 'note', before: '', after: '已补' },
    ]);
  });

  test('operators in another order are the same, a position the other way round is not', () => {
    expect(changedFields(row, { ...row, forOperators: ['移动', '电信'] })).toEqual([]);
    expect(changedFields(row, { ...row, position: [31, 121] }).map(({ field }) => field)).toEqual([
      'position',
    ]);
    expect(changedFields({ name: '甲' }, { name: '甲', consent: null })).toEqual([]);
  });

  test('there and back is the same fields', () => {
    const value = fc.oneof(fc.string(), fc.nat(), fc.constant(null), fc.array(fc.string(), { maxLength: 3 }));
    const facts = fc.dictionary(fc.constantFrom(...reviewedFields), value);
    fc.assert(
      fc.property(facts, facts, (before, after) => {
        const fields = changedFields(before, after).map(({ field }) => field);
        expect(changedFields(after, before).map(({ field }) => field)).toEqual(fields);
        expect(changedFields(before, before)).toEqual([]);
      }),
      { seed: 45, numRuns: 200 },
    );
  });
});
