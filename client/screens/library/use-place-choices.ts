// Districts and towns as filters of a desk, by name. Towns of another district would leave nothing: they are left out. Rows that lie in
// no town are found, too: reports count them in a line of their own.
import { useTranslation } from 'react-i18next';
import { NO_PLACE } from '../../../engine/index.ts';
import { useDistrictChoices, useTowns } from '../../api/areas.ts';
import type { QueryChoice } from '../../parts/query-bar.tsx';

export function usePlaceChoices(
  districtCode: string | null,
): readonly QueryChoice<'districtCode' | 'townCode'>[] {
  const { t } = useTranslation();
  const named = ({ code, name }: { readonly code: string; readonly name: string }) => ({
    value: code,
    label: name,
  });
  const towns = (useTowns().data ?? []).filter(
    (town) => districtCode === null || town.districtCode === districtCode,
  );
  const districts = useDistrictChoices();
  const without = (label: string) => ({ value: NO_PLACE, label });
  return [
    {
      key: 'districtCode',
      label: t('library.field.districtCode'),
      anyLabel: t('library.filter.district'),
      options:
        districts.length === 0 ? [] : [...districts.map(named), without(t('library.filter.noDistrict'))],
      widthPx: 130,
    },
    {
      key: 'townCode',
      label: t('library.field.townCode'),
      anyLabel: t('library.filter.town'),
      options: [...towns.map(named), without(t('library.filter.noTown'))],
      widthPx: 130,
    },
  ];
}
