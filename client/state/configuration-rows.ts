// Ways to equip a site, as a person fills them in: presets to start from, what is still wrong, and what the request gets of them.
import { MOST_CONFIGURATIONS, type SiteStructure } from '../../engine/index.ts';
import type { SiteConfigurationJson } from '../../server/contract/configurations.ts';
import type { RuleProblem } from './check-plan-rules.ts';

export interface ConfigurationRow extends Required<Omit<SiteConfigurationJson, 'id'>> {
  /** Names the row on the screen; the request gets ids of its own. */
  readonly key: number;
}

/** Groups of presets; none is forced on anybody, so prices are a first guess (project default). */
export const configurationPresets = ['poles', 'sectors', 'asListed'] as const;
export type ConfigurationPreset = (typeof configurationPresets)[number];

export const sectorSets = { 3: [0, 120, 240], 4: [0, 90, 180, 270] } as const;

let lastKey = 0;

export function newConfigurationRow(name: string, changes: Partial<ConfigurationRow> = {}): ConfigurationRow {
  lastKey += 1;
  return {
    name,
    structures: ['pole'],
    profileId: null,
    heightM: null,
    heightDeltaM: null,
    azimuthsDeg: null,
    costFactor: 1,
    extraCostCny: 0,
    ...changes,
    key: lastKey,
  };
}

/** A higher pole stands on a foundation of its own; a fourth sector is a fourth radio unit. */
const poles = [
  { heightM: 6, extraCostCny: 0 },
  { heightM: 8, extraCostCny: 3_000 },
  { heightM: 12, extraCostCny: 15_000 },
] as const;
const macros: readonly SiteStructure[] = ['roof', 'tower'];
const sectors = [
  { count: 3, costFactor: 1 },
  { count: 4, costFactor: 1.25 },
] as const;

/** `nameOf`: in the language of the person. */
export function configurationPreset(
  preset: ConfigurationPreset,
  nameOf: (key: 'pole' | 'sectors' | 'asListed', values: Readonly<Record<string, number>>) => string,
): ConfigurationRow[] {
  if (preset === 'poles')
    return poles.map(({ heightM, extraCostCny }) =>
      newConfigurationRow(nameOf('pole', { height: heightM }), { heightM, extraCostCny }),
    );
  if (preset === 'sectors')
    return sectors.map(({ count, costFactor }) =>
      newConfigurationRow(nameOf('sectors', { sectors: count }), {
        structures: [...macros],
        azimuthsDeg: [...sectorSets[count]],
        costFactor,
      }),
    );
  return [newConfigurationRow(nameOf('asListed', {}), { structures: ['pole', 'roof', 'tower'] })];
}

export const configurationField = (key: number, part: 'name' | 'structures' | 'azimuths') =>
  `configuration-${key}-${part}`;

/** The engine refuses the same; here it is said earlier. `hasServers`: several servers are asked for, which goes with no configurations. */
export function checkConfigurationRows(
  rows: readonly ConfigurationRow[],
  hasServers: boolean,
): RuleProblem[] {
  return rows.flatMap(({ key, name, structures, azimuthsDeg }, index): RuleProblem[] => {
    const problem = (
      part: 'name' | 'structures' | 'azimuths',
      code: RuleProblem['code'],
      values: RuleProblem['values'] = {},
    ): RuleProblem => ({ field: configurationField(key, part), code, values });
    return [
      ...(hasServers && index === 0
        ? [problem('name', 'configurationsServers')]
        : index >= MOST_CONFIGURATIONS
          ? [problem('name', 'configurationsMany', { most: MOST_CONFIGURATIONS })]
          : name.trim() === ''
            ? [problem('name', 'configurationName')]
            : rows.slice(0, index).some((other) => other.name.trim() === name.trim())
              ? [problem('name', 'configurationTwice')]
              : []),
      ...(structures.length === 0 ? [problem('structures', 'configurationStructures')] : []),
      ...(azimuthsDeg?.some((azimuthDeg) => !(azimuthDeg >= 0 && azimuthDeg <= 360))
        ? [problem('azimuths', 'configurationAzimuths')]
        : []),
    ];
  });
}

/** Ids by place: names are free text, and two plans may name the same thing differently. */
export function configurationsRequestOf(rows: readonly ConfigurationRow[]): SiteConfigurationJson[] {
  return rows.map(({ key: _key, name, structures, azimuthsDeg, ...rest }, index) => ({
    ...rest,
    id: `c${index + 1}`,
    name: name.trim(),
    structures: [...structures],
    azimuthsDeg: azimuthsDeg && [...azimuthsDeg],
  }));
}

/** Back from a request; what was left out is plain. */
export function configurationRowsOf(list: readonly SiteConfigurationJson[]): ConfigurationRow[] {
  return list.map(({ id: _id, name, ...rest }) => newConfigurationRow(name, rest));
}
