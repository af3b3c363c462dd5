// Usual distances between stations by band and scenario (domain reference, section 6), as starting values of the spacing rule.
// No clause prescribes them: all are editable, and a plan prints the value it used.

export const spacingScenarios = ['密集城区', '一般城区', '县城', '郊区', '乡镇', '农村', '高铁'] as const;
export type SpacingScenario = (typeof spacingScenarios)[number];

export interface SpacingTable {
  readonly id: 'product' | 'practice';
  readonly rows: readonly SpacingRow[];
  /** D practice default of the product, R published. */
  readonly basis: 'D' | 'R';
  readonly source: string;
}

export interface SpacingRow {
  readonly name: string;
  /** Carriers from this frequency up to the next row of the table. */
  readonly fromGhz: number;
  /** Metres per scenario. */
  readonly spacingM: Readonly<Record<SpacingScenario, number>>;
}

/** Micro stations on poles along streets: 100 to 200 m, here the middle. */
export const poleSpacingM = 150;
/** Along high-speed railways (R: about 500 m). */
const railwaySpacingM = 500;

/** A county town counts as plain town, a township as suburb: the source names four scenarios. */
const product = (
  name: string,
  fromGhz: number,
  [dense, town, suburb, country]: readonly [number, number, number, number],
): SpacingRow => ({
  name,
  fromGhz,
  spacingM: {
    密集城区: dense,
    一般城区: town,
    县城: town,
    郊区: suburb,
    乡镇: suburb,
    农村: country,
    高铁: railwaySpacingM,
  },
});

export const productSpacing: SpacingTable = {
  id: 'product',
  rows: [
    product('700 MHz', 0, [500, 700, 1500, 4000]),
    product('2.6 GHz', 1, [350, 450, 800, 1800]),
    product('3.5 GHz', 3, [300, 400, 700, 1500]),
  ],
  basis: 'D',
  source: 'domain reference, section 6: defaults by scenario; railway about 500 m (R)',
};

/** A suburb is not named there and takes the value of a plain town. */
const practice = (
  name: string,
  fromGhz: number,
  [core, town, county, township, country]: readonly [number, number, number, number, number],
): SpacingRow => ({
  name,
  fromGhz,
  spacingM: {
    密集城区: core,
    一般城区: town,
    县城: county,
    郊区: town,
    乡镇: township,
    农村: country,
    高铁: railwaySpacingM,
  },
});

export const practiceSpacing: SpacingTable = {
  id: 'practice',
  rows: [
    practice('900 MHz', 0, [450, 650, 600, 1800, 3300]),
    practice('TDD', 1, [400, 600, 550, 1200, 1500]),
  ],
  basis: 'R',
  source: 'planning script from practice: 主城区, 一般城区, 县城, 乡镇, 农村 for TDD and 900 MHz',
};

/** Words of areas and demands that name a scenario; zone kinds and area words alike. */
const SCENARIO_WORDS: readonly (readonly [word: string, scenario: SpacingScenario])[] = [
  ['高铁', '高铁'],
  ['铁路', '高铁'],
  ['密集城区', '密集城区'],
  ['高密区', '密集城区'],
  ['主城区', '密集城区'],
  ['商圈', '密集城区'],
  ['县城', '县城'],
  ['密集区', '一般城区'],
  ['一般城区', '一般城区'],
  ['一般区', '郊区'],
  ['郊区', '郊区'],
  ['乡镇', '乡镇'],
  ['边缘区', '农村'],
  ['农村', '农村'],
];

/** The scenario an area of this kind (or a demand of this scenario word) belongs to; a plain town when the word says nothing. */
export function scenarioOfKind(kind: string): SpacingScenario {
  return SCENARIO_WORDS.find(([word]) => kind.includes(word))?.[1] ?? '一般城区';
}

/** Metres for a station of this structure on this carrier. Poles carry micro stations, whatever the scenario. */
export function spacingOf(
  table: SpacingTable,
  frequencyGhz: number,
  scenario: SpacingScenario,
  structure: 'pole' | 'roof' | 'tower',
): number {
  if (!(frequencyGhz > 0))
    throw new RangeError(`spacingOf: expected a frequency in GHz, got ${frequencyGhz}`);
  if (structure === 'pole') return poleSpacingM;
  const row = table.rows.findLast(({ fromGhz }) => fromGhz <= frequencyGhz)!;
  return row.spacingM[scenario];
}
