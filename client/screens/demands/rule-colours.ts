// One colour for each rule that gives points, the same in the bar and in the list of reasons (Okabe and Ito's set for colour-blind
// readers, lightened where it repeats).
import type { MatchRuleId } from '../../../engine/index.ts';

export const ruleColours: Readonly<Record<MatchRuleId, string>> = {
  'MATCH-DISTANCE': '#0072b2',
  'MATCH-GAIN': '#009e73',
  'MATCH-HEIGHT': '#e69f00',
  'MATCH-FORM': '#cc79a7',
  'MATCH-POWER': '#d55e00',
  'MATCH-FIBRE': '#56b4e9',
  'MATCH-FREE': '#8cc63f',
  'MATCH-OWNER': '#7f6fc4',
  'MATCH-STRUCTURE': '#a0785a',
  'MATCH-SLOTS': '#5f9ea0',
  'MATCH-CONSTRAINT': '#b0b0b0',
  'MATCH-STATE': '#d9d9d9',
};
