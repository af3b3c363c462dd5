// Who gets a resource: the cases of the domain reference (8.3) as sentences, then laws over made-up crowds.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ClaimGround,
  claimPrice,
  compareClaims,
  judgeClaim,
  type NewClaim,
  roomBeside,
  type StandingClaim,
} from '../../../engine/review/claim-rules.ts';
import { claimMachine, claimStates, openClaimStates } from '../../../engine/review/claim-states.ts';
import { statesAfter } from '../../../engine/review/state-machine.ts';
import { agreedDiscounts } from '../../../engine/selection/wishes/share-prices.ts';

const values = { spacingSettlementM: 500, spacingOtherM: 3000 };
const pole: ClaimGround = {
  slots: 1,
  loadKg: null,
  powerKva: null,
  isNewTower: false,
  isSettlement: false,
  nearestTower: null,
  declined: [],
};
const claim = (id: string, changes: Partial<NewClaim> = {}): NewClaim => ({
  id,
  company: `公司 ${id}`,
  operators: [`运营商 ${id}`],
  slots: 1,
  loadKg: null,
  powerKva: null,
  keyAreaDeadline: null,
  demandsServed: 0,
  onAirBy: null,
  submittedAt: '2026-11-21T00:00:00.000Z',
  ...changes,
});
const standing = (
  id: string,
  state: StandingClaim['state'] = '持有',
  changes: Partial<NewClaim> = {},
): StandingClaim => ({ ...claim(id, changes), state });
const ask = (
  ground: Partial<ClaimGround>,
  there: readonly StandingClaim[],
  changes: Partial<NewClaim> = {},
  setsAside = false,
) =>
  judgeClaim(
    { ...pole, ...ground },
    there,
    claim('new', { submittedAt: '2026-11-21T09:00:00.000Z', ...changes }),
    values,
    setsAside,
  );
const ruleOf = (verdict: ReturnType<typeof judgeClaim>) =>
  verdict.outcome === 'hold' ? null : verdict.reason.rule;

describe('room', () => {
  test('a free resource is held at once', () => {
    expect(ask({}, [])).toEqual({ outcome: 'hold', displaced: [] });
  });

  test('an unknown number of places counts as one, unknown load and power have no limit', () => {
    expect(ask({ slots: null }, [], { loadKg: 9e5, powerKva: 9e4 }).outcome).toBe('hold');
    expect(ask({ slots: null }, [standing('a')])).toMatchObject({
      reason: {
        rule: 'CLAIM-SLOTS',
        facts: { slots: 1, known: 'no', free: 0, wanted: 1, holders: '公司 a' },
      },
    });
    expect(roomBeside({ slots: null, loadKg: null, powerKva: 10 }, [claim('a', { powerKva: 4 })])).toEqual({
      slots: 0,
      loadKg: Number.POSITIVE_INFINITY,
      powerKva: 6,
    });
  });

  test('places, load and power are asked in this order, each against what is held', () => {
    const three = { slots: 3, loadKg: 100, powerKva: 10 };
    const there = [standing('a', '已转建设', { loadKg: 60, powerKva: 6 })];
    expect(ruleOf(ask(three, there, { slots: 3 }))).toBe('CLAIM-SLOTS');
    expect(ruleOf(ask(three, there, { loadKg: 41, powerKva: 5 }))).toBe('CLAIM-LOAD');
    expect(ruleOf(ask(three, there, { loadKg: 40, powerKva: 5 }))).toBe('CLAIM-POWER');
    expect(ask(three, there, { loadKg: 40, powerKva: 4 }).outcome).toBe('share');
  });

  test('one operator claims a resource once', () => {
    const verdict = ask({ slots: 5 }, [standing('a', '申请', { operators: ['移动'] })], {
      operators: ['联通', '移动'],
    });
    expect(verdict).toEqual({
      outcome: 'refused',
      reason: { rule: 'CLAIM-SAME-OPERATOR', facts: { operator: '移动', holders: '公司 a', state: '申请' } },
    });
  });
});

describe('sharing (8.3.1)', () => {
  test('waits for the operators there and the new ones', () => {
    expect(ask({ slots: 2 }, [standing('a')])).toMatchObject({
      outcome: 'share',
      waitsFor: ['运营商 a', '运营商 new'],
      displaced: [],
      reason: { rule: 'CLAIM-SHARING-WAITS' },
    });
  });

  test('is not needed beside what only waits itself', () => {
    expect(ask({ slots: 2 }, [standing('a', '申请')]).outcome).toBe('hold');
  });
});

describe('the order of rule 2', () => {
  test('is key area, then demands, then the promise, then the time', () => {
    const early = '2026-11-20T00:00:00.000Z';
    const urgent = { keyAreaDeadline: '2026-12-31' };
    const cases = [
      [urgent, { keyAreaDeadline: '2027-01-01', demandsServed: 9 }, 'CLAIM-KEY-AREA'],
      [urgent, { keyAreaDeadline: null, demandsServed: 9 }, 'CLAIM-KEY-AREA'],
      [{ demandsServed: 2 }, { demandsServed: 1, onAirBy: '2026-12-01' }, 'CLAIM-DEMANDS'],
      [{ onAirBy: '2027-01-01' }, { onAirBy: null, submittedAt: early }, 'CLAIM-ON-AIR'],
      [{ submittedAt: early }, {}, 'CLAIM-SUBMITTED'],
    ] as const;
    for (const [first, second, rule] of cases) {
      const [a, b] = [claim('a', first), claim('b', second)];
      expect([
        compareClaims(a, b).order < 0,
        compareClaims(b, a).order > 0,
        compareClaims(a, b).rule,
      ]).toEqual([true, true, rule]);
    }
    expect(compareClaims(claim('a'), claim('b')).order).toBe(-1);
    expect(compareClaims(claim('a'), claim('a')).order).toBe(0);
  });

  test('lets go of what waits and comes after, from the last, and only as many as it takes', () => {
    const waiting = [
      standing('first', '申请', { demandsServed: 3 }),
      standing('last', '申请', { demandsServed: 0 }),
      standing('middle', '申请', { demandsServed: 1 }),
    ];
    const verdict = ask({ slots: 4 }, [standing('held'), ...waiting], { demandsServed: 2 });
    expect(verdict).toMatchObject({
      outcome: 'share',
      displaced: [
        {
          id: 'last',
          reason: { rule: 'CLAIM-DEMANDS', facts: { winner: '公司 new', winnerDemands: 2, loserDemands: 0 } },
        },
      ],
    });
  });

  test('never touches what is held, however urgent the new one', () => {
    expect(ruleOf(ask({}, [standing('held')], { keyAreaDeadline: '2026-11-22', demandsServed: 50 }))).toBe(
      'CLAIM-SLOTS',
    );
  });

  test('refuses what comes after all that waits, by the rule that decided', () => {
    const verdict = ask({ slots: 2 }, [standing('held'), standing('a', '申请', { onAirBy: '2026-12-01' })]);
    expect(verdict).toMatchObject({
      outcome: 'refused',
      reason: {
        rule: 'CLAIM-ON-AIR',
        facts: { winner: '公司 a', winnerOnAir: '2026-12-01', loserOnAir: null },
      },
    });
  });
});

describe('a new ground tower (8.3.3)', () => {
  const near = (distanceM: number) => ({ isNewTower: true, nearestTower: { code: 'T-1', distanceM } });

  test('stands 500 m from the next in settlements and 3 km elsewhere', () => {
    expect(ruleOf(ask({ ...near(499.9), isSettlement: true }, []))).toBe('CLAIM-TOWER-NEAR');
    expect(ask({ ...near(500), isSettlement: true }, []).outcome).toBe('hold');
    expect(ruleOf(ask(near(2999.9), []))).toBe('CLAIM-TOWER-NEAR');
    expect(ask(near(3000), []).outcome).toBe('hold');
    expect(ask({ ...near(10), isNewTower: false }, []).outcome).toBe('hold');
  });

  test('may stand nearer once the office has recorded why; room is still asked', () => {
    expect(ask(near(100), [], {}, true).outcome).toBe('hold');
    expect(ruleOf(ask(near(100), [standing('a')], {}, true))).toBe('CLAIM-SLOTS');
  });

  test('is not for an operator that declined to share here', () => {
    const declined = [{ operator: '联通', until: '2029-11-21' }];
    expect(ask({ declined }, [], { operators: ['联通'] })).toMatchObject({
      reason: { rule: 'CLAIM-DECLINED-BEFORE', facts: { operator: '联通', until: '2029-11-21' } },
    });
    expect(ask({ declined }, [], { operators: ['移动'] }).outcome).toBe('hold');
  });
});

describe('the price of sharing (8.3.4)', () => {
  test('is 30 percent less for two, 40 for three or more, and 5 more off for the first', () => {
    expect(claimPrice(100_000, ['甲'], agreedDiscounts)).toMatchObject({
      totalCny: 100_000,
      anchorPercent: 0,
    });
    expect(claimPrice(100_000, ['甲', '乙'], agreedDiscounts).shares.map(({ cny }) => cny)).toEqual([
      65_000, 70_000,
    ]);
    expect(claimPrice(100_000, ['甲', '乙', '丙', '丁'], agreedDiscounts)).toMatchObject({
      discountPercent: 40,
      shares: [{ cny: 55_000 }, { cny: 60_000 }, { cny: 60_000 }, { cny: 60_000 }],
      totalCny: 235_000,
    });
  });

  test('says the discount where nobody knows the price', () => {
    expect(claimPrice(null, ['甲', '乙'], agreedDiscounts)).toMatchObject({
      totalCny: null,
      shares: [{ discountPercent: 35, cny: null }, { discountPercent: 30 }],
    });
  });
});

describe('laws', () => {
  const someClaim = fc.record({
    slots: fc.integer({ min: 1, max: 3 }),
    loadKg: fc.option(fc.integer({ min: 0, max: 60 }), { nil: null }),
    powerKva: fc.option(fc.integer({ min: 0, max: 6 }), { nil: null }),
    keyAreaDeadline: fc.option(fc.constantFrom('2026-12-01', '2027-01-01'), { nil: null }),
    demandsServed: fc.integer({ min: 0, max: 2 }),
    onAirBy: fc.option(fc.constantFrom('2027-02-01', '2027-03-01'), { nil: null }),
  });
  const someGround = fc.record({
    slots: fc.option(fc.integer({ min: 0, max: 8 }), { nil: null }),
    loadKg: fc.option(fc.integer({ min: 0, max: 150 }), { nil: null }),
    powerKva: fc.option(fc.integer({ min: 0, max: 12 }), { nil: null }),
  });
  const crowd = fc.array(someClaim, { maxLength: 12 });

  test('whoever comes, what is held or waits never takes more than there is', () => {
    fc.assert(
      fc.property(
        someGround,
        crowd,
        fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
        (ground, wishes, agreed) => {
          let there: StandingClaim[] = [];
          for (const [index, wish] of wishes.entries()) {
            const submittedAt = new Date(Date.UTC(2026, 10, 21, 0, index)).toISOString();
            const one = claim(`${index}`, { ...wish, submittedAt });
            const heldBefore = there.filter(({ state }) => state !== '申请');
            const verdict = judgeClaim({ ...pole, ...ground }, there, one, values);
            if (verdict.outcome !== 'refused') {
              const gone = new Set(verdict.displaced.map(({ id }) => id));
              there = there.filter(({ id }) => !gone.has(id));
              // operators answer some of them
              there.push({ ...one, state: verdict.outcome === 'hold' || agreed[index] ? '持有' : '申请' });
            }
            const left = roomBeside(ground, there);
            expect(Math.min(left.slots, left.loadKg, left.powerKva)).toBeGreaterThanOrEqual(0);
            expect(heldBefore.every((kept) => there.includes(kept))).toBe(true);
          }
        },
      ),
      { seed: 20261121, numRuns: 500 },
    );
  });

  test('a refusal for room is true: not even alone beside what is held would it fit', () => {
    fc.assert(
      fc.property(someGround, crowd, someClaim, (ground, wishes, wish) => {
        const held = wishes.map((one, index) => standing(`${index}`, '持有', one));
        const one = claim('new', wish);
        const rule = ruleOf(judgeClaim({ ...pole, ...ground }, held, one, values));
        const left = roomBeside(ground, [...held, one]);
        const fits = Math.min(left.slots, left.loadKg, left.powerKva) >= 0;
        expect(rule === null || rule === 'CLAIM-SHARING-WAITS').toBe(fits);
      }),
      { seed: 20261122, numRuns: 500 },
    );
  });

  test('the order is one: of two one goes first, and of three none goes in a circle', () => {
    const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(ids, someClaim, someClaim, someClaim, (names, ...wishes) => {
        const all = wishes.map((wish, index) => claim(names[index]!, wish));
        const goesFirst = (a: NewClaim, b: NewClaim) => compareClaims(a, b).order < 0;
        for (const a of all)
          for (const b of all) {
            if (a !== b) expect(goesFirst(a, b)).toBe(!goesFirst(b, a));
            for (const c of all) if (goesFirst(a, b) && goesFirst(b, c)) expect(goesFirst(a, c)).toBe(true);
          }
      }),
      { seed: 20261123, numRuns: 300 },
    );
  });
});

describe('the life of a claim', () => {
  test('what is over stays over, but for what the office lets through', () => {
    const over = claimStates.filter((state) => !openClaimStates.includes(state));
    expect(over.map((state) => [state, statesAfter(claimMachine, state)])).toEqual([
      ['已释放', []],
      ['已到期', []],
      ['已撤回', []],
      ['未获', ['申请', '持有']],
    ]);
  });

  test('nothing is given up or let through without a reason', () => {
    const reasonless = claimMachine.moves
      .filter(({ reasonNeeded }) => !reasonNeeded)
      .map(({ from, to }) => `${from} → ${to}`);
    expect(reasonless).toEqual([
      '申请 → 持有',
      '申请 → 未获',
      '申请 → 已撤回',
      '申请 → 已到期',
      '持有 → 已转建设',
      '持有 → 已到期',
    ]);
  });
});
