// Districts and towns as filters of a desk, by name. Towns of another district would leave nothing: they are left out.
import { useTranslation } from 'react-i18next';
import { useDistricts, useTowns } from '../../api/areas.ts';
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
  return [
    {
      key: 'districtCode',
      label: t('library.field.districtCode'),
      anyLabel: t('library.filter.district'),
      options: (useDistricts().data ?? []).map(named),
      widthPx: 130,
    },
    {
      key: 'townCode',
      label: t('library.field.townCode'),
      anyLabel: t('library.filter.town'),
      options: towns.map(named),
      widthPx: 130,
    },
  ];
}
