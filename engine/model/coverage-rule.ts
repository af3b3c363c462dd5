// The rule table that turns a coverage word of a policy into something measurable (domain reference, section 6).
// The policies give words, never radio thresholds: all numbers are editable defaults, and a plan prints its rule.

export interface CoverageRule {
  /** The coverage word, also its id: 信号覆盖, 连续覆盖, 连片优质, … */
  readonly word: string;
  readonly en: string;
  /** Share of the target area to reach, 0..1. */
  readonly targetShare: number;
  /** SS-RSRP per resource element, outdoors at 1.5 m, dBm. */
  readonly thresholdDbm: number;
  /** Where the number comes from: D practice default, R published report, P policy text. */
  readonly basis: string;
}

export const coverageRules: readonly CoverageRule[] = [
  { word: '信号覆盖', en: 'signal coverage', targetShare: 0.8, thresholdDbm: -110, basis: 'D' },
  { word: '连续覆盖', en: 'continuous coverage', targetShare: 0.95, thresholdDbm: -105, basis: 'D' },
  { word: '全覆盖', en: 'full coverage', targetShare: 0.95, thresholdDbm: -105, basis: 'D' },
  { word: '连片优质', en: 'contiguous high quality', targetShare: 0.98, thresholdDbm: -95, basis: 'R' },
  {
    word: '连片优质（严）',
    en: 'contiguous high quality, strict',
    targetShare: 0.98,
    thresholdDbm: -90,
    basis: 'R',
  },
  { word: '深度覆盖', en: 'deep coverage (outdoor proxy)', targetShare: 0.98, thresholdDbm: -95, basis: 'R' },
];

/** The rule with this word, or `undefined`. */
export function findCoverageRule(word: string): CoverageRule | undefined {
  return coverageRules.find((rule) => rule.word === word);
}
