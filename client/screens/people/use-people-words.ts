// Roles, permissions and territories as people read them. Codes without a known place stand for themselves.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { MeJson } from '../../../server/contract/people.ts';
import { useDistricts, useTowns } from '../../api/areas.ts';
import { commaOf } from '../../format/comma.ts';
import { useLanguage } from '../../format/use-language.ts';
import { type TerritoryWords, territoryText } from './territory-text.ts';

export interface PeopleWords {
  role(role: string): string;
  /** 'plan:create' → 方案 · 新建 */
  permission(permission: string): string;
  object(object: string): string;
  action(action: string): string;
  territory(territory: MeJson['territory']): string;
}

export function usePeopleWords(): PeopleWords {
  const { t } = useTranslation();
  const language = useLanguage();
  const districts = useDistricts().data;
  const towns = useTowns().data;
  return useMemo((): PeopleWords => {
    const names = new Map([...(districts ?? []), ...(towns ?? [])].map(({ code, name }) => [code, name]));
    const word = (list: string, value: string) => t(`people.${list}.${value}`, { defaultValue: value });
    const territoryWords: TerritoryWords = {
      nameOf: (code) => names.get(code) ?? code,
      everywhere: t('people.territory.everywhere'),
      none: t('people.territory.none'),
      separator: commaOf(language),
      more: (some, count) => t('people.territory.more', { names: some, count }),
    };
    return {
      role: (role) => word('role', role),
      object: (object) => word('object', object),
      action: (action) => word('action', action),
      permission: (permission) => {
        const [object = '', action = ''] = permission.split(':');
        return `${word('object', object)} · ${word('action', action)}`;
      },
      territory: (territory) => territoryText(territory, territoryWords),
    };
  }, [t, language, districts, towns]);
}
