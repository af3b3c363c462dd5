// The table of target areas in its address, and the rows it means. All areas are known to the page (the map names them), so filters and
// pages are counted here. The address is outside input.
import { type AreaState, areaStates, waterKind } from '../../../engine/index.ts';
import type { AreaJson } from '../../../server/contract/areas.ts';
import { changedTable, readPage, readText, readWord, writeView } from '../../parts/table-address.ts';

/** decidable: for me to decide · mine: I submitted it and nobody has decided · water: what is no target, left out otherwise. */
export const areaShows = ['decidable', 'mine', 'water'] as const;
export type AreaFilter = 'state' | 'kind' | 'show';

export interface AreasView {
  readonly q: string | null;
  readonly state: AreaState | null;
  readonly kind: string | null;
  readonly show: (typeof areaShows)[number] | null;
  readonly page: number;
  readonly pageSize: number;
  /** The area that is open. */
  readonly area: string | null;
}

const noFilters = { q: null, state: null, kind: null, show: null } as const;
const plainAreas: AreasView = { ...noFilters, page: 1, pageSize: 200, area: null };
export const clearedAreas: Partial<AreasView> = noFilters;

export const readAreasView = (params: URLSearchParams): AreasView => ({
  q: readText(params, 'q'),
  state: readWord(params, 'state', areaStates),
  kind: readText(params, 'kind', 50),
  show: readWord(params, 'show', areaShows),
  ...readPage(params, plainAreas),
  area: readText(params, 'area'),
});

export const writeAreasView = (view: AreasView): URLSearchParams => writeView(view, plainAreas);

export const changedAreas = (view: AreasView, change: Partial<AreasView>): AreasView =>
  changedTable(view, change, ['area']);

export const isAreasFiltered = (view: AreasView): boolean =>
  (Object.keys(noFilters) as (keyof typeof noFilters)[]).some((key) => view[key] !== null);

/** A step of the office. */
const isDecision = (to: AreaState): boolean => to === '已批准' || to === '退回';

/** Whoever asks may decide it now. */
const isDecidable = ({ choices }: Pick<AreaJson, 'choices'>): boolean =>
  choices.some(({ to, missing }) => isDecision(to) && missing.length === 0);

/** Rows that fit, those that wait for somebody first, then the newest. */
export function areasOf(areas: readonly AreaJson[], view: AreasView): AreaJson[] {
  const q = view.q?.toLowerCase() ?? '';
  const waits = ({ state }: AreaJson) => (state === '已送审' ? 0 : state === '退回' ? 1 : 2);
  return areas
    .filter(
      (area) =>
        (area.kind === waterKind) === (view.show === 'water') &&
        (view.show !== 'decidable' || isDecidable(area)) &&
        (view.show !== 'mine' || (area.mine && area.state === '已送审')) &&
        (view.state === null || area.state === view.state) &&
        (view.kind === null || area.kind === view.kind) &&
        (q === '' ||
          `${area.name} ${area.kind} ${area.approval?.documentNo ?? ''}`.toLowerCase().includes(q)),
    )
    .sort(
      (a, b) => waits(a) - waits(b) || b.stateSince.localeCompare(a.stateSince) || a.id.localeCompare(b.id),
    );
}

/** The address of one area, filters left out. */
export const areaPath = (areaId: string): string => `/areas?area=${encodeURIComponent(areaId)}`;
