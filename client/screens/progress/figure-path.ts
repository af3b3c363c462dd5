// The way from a figure of the progress report to its rows: cases behind what was built, sites behind what stood before.
import { type CountedCases, countedCasesText, NO_PLACE } from '../../../engine/index.ts';
import type { ProgressJson } from '../../../server/contract/progress.ts';
import { noFilters, writeSiteFilters } from '../../state/filters.ts';

/** District and town of a row, '' where it has none; null for the total. */
type Place = Pick<ProgressJson['rows'][number], 'districtCode' | 'townCode'> | null;

const placeOf = (place: Place) =>
  place === null
    ? {}
    : { districtCode: place.districtCode || NO_PLACE, townCode: place.townCode || NO_PLACE };

export function casesFigurePath(
  { from, to, unit, form }: ProgressJson['basis'],
  { stage, part }: Pick<CountedCases, 'stage' | 'part'>,
  place: Place,
): string {
  const counted = countedCasesText({ stage, part, from, to, unit, form });
  return `/cases?${new URLSearchParams({ ...placeOf(place), counted })}`;
}

export function standingFigurePath({ form }: Pick<ProgressJson['basis'], 'form'>, place: Place): string {
  const counted = { form: form === 'all' ? null : form, stood: true };
  const sites = writeSiteFilters({ ...noFilters, ...placeOf(place), ...counted });
  return `/?${new URLSearchParams({ tab: 'library', sites })}`;
}
