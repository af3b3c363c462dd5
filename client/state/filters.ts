// Filters of the site table; the map greys out what they leave out only when a person asks for it.
import { countingForms, siteStatuses, siteStructures } from '../../engine/index.ts';
import type { SiteQueryJson } from '../../server/contract/sites.ts';
import { makeStore } from './make-store.ts';

export interface SiteFilters {
  readonly q: string;
  readonly status: SiteQueryJson['status'] | null;
  readonly structure: SiteQueryJson['structure'] | null;
  readonly resourceType: string | null;
  readonly districtCode: string | null;
  readonly townCode: string | null;
  /** As reports count: outdoor macro, indoor, … */
  readonly form: SiteQueryJson['form'] | null;
  /** Only what stood before anybody had a case there. */
  readonly stood: boolean;
  /** Only sites inside the map window. */
  readonly inView: boolean;
}

export const noFilters: SiteFilters = {
  q: '',
  status: null,
  structure: null,
  resourceType: null,
  districtCode: null,
  townCode: null,
  form: null,
  stood: false,
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
    ...(filters.townCode === null ? {} : { townCode: filters.townCode }),
    ...(filters.form == null ? {} : { form: filters.form }),
    ...(filters.stood ? { stood: 'true' as const } : {}),
    ...(filters.inView && box !== null ? { bbox: box.map((value) => value.toFixed(6)).join(',') } : {}),
  };
}

/** The filters in one text for an address; '' for none. */
export function writeSiteFilters(filters: SiteFilters): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(filters))
    if (value !== noFilters[key as keyof SiteFilters]) params.set(key, String(value));
  return params.toString();
}

const longest = 100;

/** An address is outside input: what does not fit counts as not said. */
export function readSiteFilters(text: string): SiteFilters {
  const params = new URLSearchParams(text);
  const oneOf = <Word extends string>(key: string, words: readonly Word[]): Word | null =>
    words.find((word) => word === params.get(key)) ?? null;
  const textOf = (key: string): string | null => params.get(key)?.slice(0, longest) || null;
  return {
    q: textOf('q') ?? '',
    status: oneOf('status', siteStatuses),
    structure: oneOf('structure', siteStructures),
    resourceType: textOf('resourceType'),
    districtCode: textOf('districtCode'),
    townCode: textOf('townCode'),
    // all of them are no filter
    form: oneOf(
      'form',
      countingForms.filter((form) => form !== 'all'),
    ),
    stood: params.get('stood') === 'true',
    inView: params.get('inView') === 'true',
  };
}
