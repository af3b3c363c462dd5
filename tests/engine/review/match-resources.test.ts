// Ranking of candidates: hand-made numbers first, then laws with seeded inputs.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { demandMachine, filledForDemandMove } from '../../../engine/review/demand-states.ts';
import {
  type MatchCandidate,
  type MatchDemand,
  matchResources,
} from '../../../engine/review/match-resources.ts';
import {
  type MatchRuleId,
  matchRules,
  matchWeightName,
  weighMatchRules,
} from '../../../engine/review/match-rules.ts';
import { moveAllowed } from '../../../engine/review/state-machine.ts';

const demand: MatchDemand = {
  position: [121, 31],
  searchRadiusM: 200,
  form: '宏站',
  wantHeightM: 20,
  stations: 2,
};
/** One degree of a meridian over the mean sphere: 6 371 008.77 m × π / 180. */
const METRES_PER_DEGREE = 111_195.08;
const north = (metres: number): MatchCandidate['position'] => [121, 31 + metres / METRES_PER_DEGREE];

const roof: MatchCandidate = {
  id: 'roof',
  position: north(100),
  resourceType: '政府机关',
  state: '已开放',
  totalHeightM: 30,
  mountHeightsM: [18, 28],
  freeStatus: '必须免费',
  powerMode: '直供',
  powerDistanceM: null,
  fibre: '就近',
  structureCheck: '可用',
  constraintFlags: [],
  slotsFree: 1,
  gainShare: 0.03,
};

const reasonOf = (changes: Partial<MatchCandidate>, rule: MatchRuleId, wish: Partial<MatchDemand> = {}) => {
  const [match] = matchResources({ ...demand, ...wish }, [{ ...roof, ...changes }]);
  return match!.reasons.find((reason) => reason.rule === rule)!;
};
const idsOf = (candidates: readonly MatchCandidate[], wish: Partial<MatchDemand> = {}) =>
  matchResources({ ...demand, ...wish }, candidates).map(({ id }) => id);

describe('the score', () => {
  test('adds up what the rules give, counted by hand', () => {
    const [match] = matchResources(demand, [roof]);
    expect(match!.distanceM).toBeCloseTo(100, 2);
    const points = Object.fromEntries(match!.reasons.map((reason) => [reason.rule, reason.points]));
    // 25 × (1 − 100/200) · best gain of the list · 15 × (1 − 2/20) · a roof carries a macro station
    expect(points['MATCH-DISTANCE']).toBeCloseTo(12.5, 4);
    expect(points).toMatchObject({
      'MATCH-GAIN': 15,
      'MATCH-HEIGHT': 13.5,
      'MATCH-FORM': 10,
      'MATCH-POWER': 10,
      'MATCH-FIBRE': 3.5,
      'MATCH-FREE': 5,
      'MATCH-OWNER': 3,
      'MATCH-STRUCTURE': 5,
      'MATCH-SLOTS': 2,
      'MATCH-CONSTRAINT': 3,
      'MATCH-STATE': 0,
    });
    expect(match!.score).toBe(82.5);
  });

  test('has weights that add up to a hundred', () => {
    expect(matchRules.reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
  });

  test('goes by changed weights, scaled to a hundred again', () => {
    const rules = weighMatchRules(new Map([['match.distance', 75]]));
    expect(rules.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(100, 9);
    // 75 of 150
    expect(rules.find(({ id }) => id === 'MATCH-DISTANCE')!.weight).toBeCloseTo(50, 9);
    const far = { ...roof, id: 'far but planned', position: north(150) };
    const near = { ...roof, id: 'near and unplanned', position: north(50), gainShare: null };
    expect(idsOf([far, near])).toEqual(['far but planned', 'near and unplanned']);
    expect(matchResources(demand, [far, near], rules)[0]!.id).toBe('near and unplanned');
    expect(weighMatchRules(new Map(matchRules.map(({ id }) => [matchWeightName(id), 0])))).toBe(matchRules);
  });

  test('takes what nobody knows for half, and what nobody asks for as met', () => {
    for (const [changes, rule] of [
      [{ powerMode: null }, 'MATCH-POWER'],
      [{ fibre: null }, 'MATCH-FIBRE'],
      [{ freeStatus: null }, 'MATCH-FREE'],
      [{ slotsFree: null }, 'MATCH-SLOTS'],
      [{ totalHeightM: null, mountHeightsM: null }, 'MATCH-HEIGHT'],
      [{ resourceType: null }, 'MATCH-FORM'],
    ] as const)
      expect([rule, reasonOf(changes, rule)]).toMatchObject([
        rule,
        { part: 0.5, value: null, blocks: false },
      ]);
    expect(reasonOf({}, 'MATCH-HEIGHT', { wantHeightM: null })).toMatchObject({
      part: 1,
      value: 28,
      wanted: null,
    });
    expect(reasonOf({}, 'MATCH-FORM', { form: null }).part).toBe(1);
  });

  test('hangs the antenna at the wish where the structure is higher, else as high as it goes', () => {
    expect(reasonOf({ mountHeightsM: null, totalHeightM: 35 }, 'MATCH-HEIGHT')).toMatchObject({
      value: 20,
      part: 1,
    });
    expect(reasonOf({ mountHeightsM: null, totalHeightM: 15 }, 'MATCH-HEIGHT')).toMatchObject({
      value: 15,
      part: 0.75,
    });
  });

  test('counts the line that power has to come over', () => {
    expect(reasonOf({ powerMode: '待引入', powerDistanceM: 500 }, 'MATCH-POWER').part).toBeCloseTo(0.2, 12);
    expect(reasonOf({ powerMode: '直供', powerDistanceM: 500 }, 'MATCH-POWER').part).toBe(1);
  });

  test('puts owners in the order of the policies: offices first, free-standing towers late', () => {
    const parts = ['政府机关', '事业单位', '路灯杆', '学校', '商务商业楼', '住宅天面', '普通地面塔'].map(
      (resourceType) => reasonOf({ resourceType }, 'MATCH-OWNER').part,
    );
    expect(parts).toEqual([...parts].sort((a, b) => b - a));
    expect(new Set(parts).size).toBe(parts.length);
  });
});

describe('what is blocked', () => {
  const blocked = (changes: Partial<MatchCandidate>, wish: Partial<MatchDemand> = {}) =>
    matchResources({ ...demand, ...wish }, [{ ...roof, ...changes }])[0]!.blockedBy;

  test('names the rule that blocks it', () => {
    expect(blocked({})).toEqual([]);
    expect(blocked({ slotsFree: 0 })).toEqual(['MATCH-SLOTS']);
    expect(blocked({ state: '满载', slotsFree: null })).toEqual(['MATCH-SLOTS']);
    expect(blocked({ structureCheck: '不可用' })).toEqual(['MATCH-STRUCTURE']);
    expect(blocked({ constraintFlags: ['净空'] })).toEqual([]);
    expect(blocked({ constraintFlags: ['净空', '禁建区'] })).toEqual(['MATCH-CONSTRAINT']);
    expect(blocked({ state: '暂停' })).toEqual(['MATCH-STATE']);
    expect(blocked({ resourceType: '通信管道' })).toEqual(['MATCH-FORM']);
    expect(blocked({ resourceType: '通信管道' }, { form: null })).toEqual(['MATCH-FORM']);
    expect(blocked({ resourceType: '地铁' }, { form: '室分' })).toEqual([]);
    expect(blocked({ resourceType: '路灯杆' }, { form: '室分' })).toEqual(['MATCH-FORM']);
  });

  test('stands behind everything that may be taken, in the same order of scores', () => {
    const near = { ...roof, id: 'near and full', position: north(1), slotsFree: 0 };
    const nearer = {
      ...roof,
      id: 'nearer and closed',
      position: north(0.5),
      state: '暂停' as const,
      slotsFree: 5,
    };
    const poor = { ...roof, id: 'poor', position: north(199), powerMode: null, fibre: null, gainShare: null };
    expect(idsOf([near, poor, nearer])).toEqual(['poor', 'nearer and closed', 'near and full']);
  });
});

test('only what lies within the radius is a candidate, its edge included', () => {
  expect(
    idsOf([
      roof,
      { ...roof, id: 'outside', position: north(200.1) },
      { ...roof, id: 'edge', position: north(199.99) },
    ]),
  ).toEqual(['roof', 'edge']);
  expect(() => matchResources({ ...demand, searchRadiusM: 0 }, [])).toThrow(RangeError);
});

test('equal candidates stand in the order of their ids', () => {
  expect(
    idsOf([
      { ...roof, id: 'b' },
      { ...roof, id: 'c' },
      { ...roof, id: 'a' },
    ]),
  ).toEqual(['a', 'b', 'c']);
});

describe('laws', () => {
  const oneOf = <T>(...values: readonly T[]) => fc.constantFrom(...values);
  const candidate = fc.record({
    id: fc.uuid(),
    position: fc.tuple(
      fc.double({ min: 120.998, max: 121.002, noNaN: true }),
      fc.double({ min: 30.998, max: 31.002, noNaN: true }),
    ),
    resourceType: oneOf('路灯杆', '政府机关', '住宅天面', '普通地面塔', '地铁', null),
    state: oneOf('已开放' as const, '部分占用' as const, '满载' as const, '暂停' as const),
    totalHeightM: oneOf(null, 8, 25, 60),
    mountHeightsM: oneOf(null, [10], [18, 24]),
    freeStatus: oneOf('必须免费' as const, '商谈' as const, null),
    powerMode: oneOf('直供' as const, '待引入' as const, null),
    powerDistanceM: oneOf(null, 20, 4000),
    fibre: oneOf('到杆' as const, '无' as const, null),
    structureCheck: oneOf('可用' as const, '未核' as const, '不可用' as const),
    constraintFlags: oneOf([], ['净空'], ['拟拆除']),
    slotsFree: oneOf(null, 0, 1, 3),
    gainShare: oneOf(null, 0, 0.01, 0.2),
  });
  const several = fc.uniqueArray(candidate, { maxLength: 30, selector: ({ id }) => id });
  const seed = { seed: 20_261, numRuns: 200 };

  test('shuffled candidates have the same ranking', () => {
    const shuffled = several.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        expect(matchResources(demand, other)).toEqual(matchResources(demand, list));
      }),
      seed,
    );
  });

  test('all else equal, what is nearer never ranks lower', () => {
    fc.assert(
      fc.property(several, candidate, fc.double({ min: 0, max: 0.999, noNaN: true }), (list, one, share) => {
        const [lon, lat] = one.position;
        const nearer = {
          ...one,
          id: `~${one.id}`,
          position: [121 + (lon - 121) * share, 31 + (lat - 31) * share] as const,
        };
        const ranks = idsOf([...list, one, nearer]);
        if (ranks.includes(one.id) && (lon !== 121 || lat !== 31))
          expect(ranks.indexOf(nearer.id)).toBeLessThanOrEqual(ranks.indexOf(one.id));
      }),
      seed,
    );
  });

  test('a score lies within 0 and 100 and is the sum of its reasons', () => {
    fc.assert(
      fc.property(several, (list) => {
        for (const { score, reasons } of matchResources(demand, list)) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(100);
          expect(score).toBeCloseTo(
            reasons.reduce((sum, { points }) => sum + points, 0),
            1,
          );
          for (const { part } of reasons) expect(part >= 0 && part <= 1).toBe(true);
        }
      }),
      seed,
    );
  });
});

describe('the life of a demand', () => {
  const may = (...permissions: readonly string[]) => new Set(permissions);
  const filled = filledForDemandMove({ resourceId: 'r', mergedInto: null });

  test('goes over a resource and a claim to a station on air', () => {
    const chain = [
      ['新建', '已匹配', 'demand:update'],
      ['已匹配', '已认领', 'claim:create'],
      ['已认领', '已满足', 'case:verify'],
    ] as const;
    for (const [from, to, permission] of chain)
      expect(
        moveAllowed(demandMachine, from, to, { permissions: may(permission), filled, reason: '' }).ok,
      ).toBe(true);
  });

  test('is matched with something, cancelled with a reason, and not taken up again once merged', () => {
    const permissions = may('demand:update');
    const nothing = filledForDemandMove({ resourceId: null, mergedInto: 'other' });
    expect(
      moveAllowed(demandMachine, '新建', '已匹配', { permissions, filled: nothing, reason: '' }),
    ).toMatchObject({
      missing: ['resource'],
    });
    expect(moveAllowed(demandMachine, '新建', '已取消', { permissions, filled, reason: ' ' })).toMatchObject({
      code: 'STATE_REASON_MISSING',
    });
    expect(
      moveAllowed(demandMachine, '已取消', '新建', { permissions, filled: nothing, reason: 'x' }),
    ).toMatchObject({
      missing: ['unmerged'],
    });
    expect(
      moveAllowed(demandMachine, '已认领', '已取消', { permissions, filled, reason: 'x' }),
    ).toMatchObject({
      code: 'STATE_MOVE_UNKNOWN',
    });
  });
});
