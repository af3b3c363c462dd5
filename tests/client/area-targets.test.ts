// Areas that say what they are to reach fill in the form of the plan where they agree, and leave what a person has set.
import { describe, expect, test } from 'vitest';
import { type AskedTarget, askedOf, formForAsked } from '../../client/state/area-targets.ts';
import { emptyPlanForm } from '../../client/state/plan-form.ts';

const area = (coverageRule: string | null, targetShare: number | null) => ({ coverageRule, targetShare });
const nothing = askedOf([]);
const form = { ...emptyPlanForm, thresholdDbm: -100 };
const filled = (from: AskedTarget, to: AskedTarget, changes: Partial<typeof form> = {}) =>
  formForAsked({ ...form, ...changes }, from, to);

describe('what the chosen areas ask for', () => {
  test('is what one of them says and no other contradicts', () => {
    expect(askedOf([area('深度覆盖', 0.98), area(null, 0.98), area(null, null)])).toEqual({
      coverageRule: '深度覆盖',
      targetShare: 0.98,
      differs: false,
    });
    expect(nothing).toEqual({ coverageRule: null, targetShare: null, differs: false });
  });

  test('is not guessed where they differ', () => {
    expect(askedOf([area('深度覆盖', 0.98), area('深度覆盖', 0.9)])).toEqual({
      coverageRule: '深度覆盖',
      targetShare: null,
      differs: true,
    });
  });
});

describe('the form of the plan', () => {
  const asked = askedOf([area('深度覆盖', 0.98)]);

  test('takes rule and share of a picked area, and the level of its rule', () => {
    expect(filled(nothing, asked)).toEqual({ ruleWord: '深度覆盖', targetShare: 0.98, thresholdDbm: null });
    expect(filled(nothing, askedOf([area(null, 0.98)]))).toEqual({ targetShare: 0.98 });
  });

  test('keeps what a person set after that, when another area asks for the same', () => {
    expect(filled(asked, asked, { ruleWord: '深度覆盖', targetShare: 0.9 })).toEqual({});
  });

  test('keeps its values where areas differ', () => {
    const both = askedOf([area('深度覆盖', 0.98), area('信号覆盖', 0.9)]);
    expect(filled(asked, both, { ruleWord: '深度覆盖', targetShare: 0.98 })).toEqual({});
    expect(filled(nothing, askedOf([area('深度覆盖', 0.98), area('深度覆盖', 0.9)]))).toEqual({});
  });

  test('goes back to its own beginning with areas that ask for nothing, unless a person set it otherwise', () => {
    expect(filled(asked, nothing, { ruleWord: '深度覆盖', targetShare: 0.98 })).toEqual({
      ruleWord: emptyPlanForm.ruleWord,
      targetShare: null,
      thresholdDbm: null,
    });
    expect(filled(asked, nothing, { ruleWord: '信号覆盖', targetShare: 0.9 })).toEqual({});
  });
});
