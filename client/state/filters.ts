// Filters of the site table; the map greys out what they leave out only when a person asks for it.
import type { SiteQueryJson } from '../../server/contract/sites.ts';
import { makeStore } from './make-store.ts';

export interface SiteFilters {
  readonly q: string;
  readonly status: SiteQueryJson['status'] | null;
  readonly structure: SiteQueryJson['structure'] | null;
  readonly resourceType: string | null;
  readonly districtCode: string | null;
  /** Only sites inside the map window. */
  readonly inView: boolean;
}

export const noFilters: SiteFilters = {
  q: '',
  status: null,
  structure: null,
  resourceType: null,
  districtCode: null,
  inView: false,
};

export const filtersStore = makeStore<SiteFilters>(noFilters);

/** The map window of the last standstill, west,south,east,north, or null before the map stands. */
export const mapWindowStore = makeStore<{ readonly box: readonly [number, number, number, number] | null }>({
  box: null,
});

/** The filters as the API takes them. */
export function siteQueryOf(filters: SiteFilters, box: readonly number[] | null): SiteQueryJson {
  return {
    ...(filters.q.trim() === '' ? {} : { q: filters.q.trim() }),
    ...(filters.status == null ? {} : { status: filters.status }),
    ...(filters.structure == null ? {} : { structure: filters.structure }),
    ...(filters.resourceType === null ? {} : { resourceType: filters.resourceType }),
    ...(filters.districtCode === null ? {} : { districtCode: filters.districtCode }),
    ...(filters.inView && box !== null ? { bbox: box.map((value) => value.toFixed(6)).join(',') } : {}),
  };
}
