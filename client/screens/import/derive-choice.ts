// What the person wants derived, and the request it becomes.
import type { DeriveSitesJson } from '../../../server/contract/sites.ts';

export type DeriveSource = DeriveSitesJson['from'][number];
export const deriveSources = ['roofs', 'poles', 'junctions'] as const satisfies readonly DeriveSource[];

export interface DeriveChoice {
  readonly areaIds: readonly string[];
  readonly from: readonly DeriveSource[];
  readonly poleSpacingM: number;
  readonly minRoofAreaM2: number;
  readonly minRoofHeightM: number;
}

export const firstDeriveChoice: DeriveChoice = {
  areaIds: [],
  from: ['roofs', 'poles'],
  poleSpacingM: 50,
  minRoofAreaM2: 100,
  minRoofHeightM: 9,
};

/** The key of the sentence that says what is missing (under `import.derive`), or null when it can start. */
export function deriveGap(choice: DeriveChoice): 'needArea' | 'needFrom' | null {
  if (choice.areaIds.length === 0) return 'needArea';
  return choice.from.length === 0 ? 'needFrom' : null;
}

/** Only the numbers that the chosen sources read. */
export function deriveRequest(choice: DeriveChoice): DeriveSitesJson {
  return {
    areaIds: [...choice.areaIds],
    from: deriveSources.filter((source) => choice.from.includes(source)),
    ...(choice.from.includes('poles') ? { poleSpacingM: choice.poleSpacingM } : {}),
    ...(choice.from.includes('roofs')
      ? { minRoofAreaM2: choice.minRoofAreaM2, minRoofHeightM: choice.minRoofHeightM }
      : {}),
  };
}
