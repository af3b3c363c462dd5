import { useTranslation } from 'react-i18next';
import { NO_PLACE, problemCategories, problemCategoryCodes, problemLevels } from '../../../engine/index.ts';
import { useDistrictChoices, useTowns } from '../../api/areas.ts';
import { QueryBar, type QueryChoice } from '../../parts/query-bar.tsx';
import { isProblemViewFiltered, type ProblemView, problemClocks } from './problem-query.ts';
import type { ProblemWords } from './use-problem-words.ts';

export interface ProblemToolbarProps {
  readonly view: ProblemView;
  readonly words: ProblemWords;
  readonly onChange: (change: Partial<ProblemView>) => void;
  readonly onClear: () => void;
}

type ChoiceKey = 'category' | 'level' | 'clock' | 'mine' | 'district' | 'town';

export function ProblemToolbar({ view, words, onChange, onClear }: ProblemToolbarProps) {
  const { t } = useTranslation();
  return (
    <QueryBar
      testId="problems"
      search={{ q: view.q, placeholder: t('problems.search'), onSearch: (q) => onChange({ q }) }}
      choices={useChoices(view, words)}
      values={{
        category: view.category,
        level: view.level,
        clock: view.clock,
        mine: view.mine,
        district: view.districtCode,
        town: view.townCode,
      }}
      onChoose={(key, value) => onChange(changeOf(key, value))}
      isFiltered={isProblemViewFiltered(view)}
      onClear={onClear}
    />
  );
}

function changeOf(key: ChoiceKey, value: string | null): Partial<ProblemView> {
  switch (key) {
    case 'district':
      // towns of another district would leave nothing
      return { districtCode: value, townCode: null };
    case 'town':
      return { townCode: value };
    case 'category':
      return { category: problemCategoryCodes.find((code) => code === value) ?? null };
    case 'level':
      return { level: problemLevels.find((level) => level === value) ?? null };
    case 'clock':
      return { clock: problemClocks.find((clock) => clock === value) ?? null };
    case 'mine':
      return { mine: value === 'raised' || value === 'unit' ? value : null };
  }
}

function useChoices(view: ProblemView, words: ProblemWords): readonly QueryChoice<ChoiceKey>[] {
  const { t } = useTranslation();
  const named = ({ code, name }: { readonly code: string; readonly name: string }) => ({
    value: code,
    label: name,
  });
  const districts = useDistrictChoices();
  const towns = (useTowns().data ?? []).filter(
    ({ districtCode }) => view.districtCode === null || districtCode === view.districtCode,
  );
  const noDistrict = { value: NO_PLACE, label: t('library.filter.noDistrict') };
  const noTown = { value: NO_PLACE, label: t('library.filter.noTown') };
  const choice = (key: ChoiceKey, options: QueryChoice<ChoiceKey>['options']) => ({
    key,
    label: t(`problems.filterLabel.${key}`),
    anyLabel: t(`problems.filter.${key}`),
    options,
    widthPx: 116,
  });
  return [
    choice(
      'category',
      problemCategories.map(({ code }) => ({ value: code, label: words.category(code) })),
    ),
    choice(
      'level',
      problemLevels.map((level) => ({ value: level, label: words.level(level) })),
    ),
    choice(
      'clock',
      problemClocks.map((clock) => ({ value: clock, label: t(`problems.clockFilter.${clock}`) })),
    ),
    choice(
      'mine',
      (['raised', 'unit'] as const).map((mine) => ({ value: mine, label: t(`problems.mine.${mine}`) })),
    ),
    // one district is no choice
    choice('district', districts.length > 1 ? [...districts.map(named), noDistrict] : []),
    choice('town', [...towns.map(named), noTown]),
  ];
}
