// Which accounts: role, district, way in, when last seen; their state is a tab.
import { useTranslation } from 'react-i18next';
import { useDistrictChoices } from '../../api/areas.ts';
import { QueryBar } from '../../parts/query-bar.tsx';
import { accountDoors, isFiltered, type PeopleView, seenWords } from './people-query.ts';
import { roles } from './role-list.ts';
import type { PeopleWords } from './use-people-words.ts';

export interface PeopleToolbarProps {
  readonly view: PeopleView;
  readonly words: PeopleWords;
  readonly onChange: (change: Partial<PeopleView>) => void;
  readonly onClear: () => void;
}

type ChoiceKey = 'role' | 'district' | 'door' | 'seen' | 'worry';

export function PeopleToolbar({ view, words, onChange, onClear }: PeopleToolbarProps) {
  const { t } = useTranslation();
  const districts = useDistrictChoices();
  const word = (key: 'door' | 'seen') => (value: string) => ({ value, label: t(`people.${key}.${value}`) });
  return (
    <QueryBar<ChoiceKey>
      testId="people"
      search={{ q: view.q, placeholder: t('people.search'), onSearch: (q) => onChange({ q }) }}
      choices={[
        {
          key: 'role',
          label: t('people.column.role'),
          anyLabel: t('people.allRoles'),
          options: roles.map((value) => ({ value, label: words.role(value) })),
        },
        {
          key: 'district',
          label: t('people.column.territory'),
          anyLabel: t('people.allTerritories'),
          options: [
            { value: 'everywhere', label: t('people.territory.everywhere') },
            ...districts.map(({ code, name }) => ({ value: code, label: name })),
          ],
        },
        {
          key: 'door',
          label: t('people.column.door'),
          anyLabel: t('people.allDoors'),
          options: accountDoors.map(word('door')),
        },
        {
          key: 'seen',
          label: t('people.column.lastSeen'),
          anyLabel: t('people.anySeen'),
          options: seenWords.map(word('seen')),
        },
        {
          key: 'worry',
          label: t('people.worry'),
          anyLabel: t('people.anyWorry'),
          options: [{ value: 'true', label: t('people.worry') }],
        },
      ]}
      values={view}
      // what is chosen is one of the options, and the address is read again before it is asked
      onChoose={(key, value) => onChange({ [key]: value })}
      isFiltered={isFiltered(view)}
      onClear={onClear}
    />
  );
}
