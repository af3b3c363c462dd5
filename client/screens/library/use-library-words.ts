// Resources as people read them: states, closed lists, places by name, and any field of a resource in one line.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { libraryTypes } from '../../../engine/index.ts';
import { useDistricts, useTowns } from '../../api/areas.ts';
import { commaOf } from '../../format/comma.ts';
import { formatDate } from '../../format/dates.ts';
import { type Language, languageOf } from '../../format/language.ts';
import { formatNumber } from '../../format/numbers.ts';
import { type FieldKind, fieldKinds, type ResourceField } from './resource-fields.ts';

export interface LibraryWords {
  readonly language: Language;
  state(state: string): string;
  resourceType(code: string | null): string;
  /** District or town by name. */
  place(code: string): string;
  /** Where there is none it is said, because reports count such rows in a line of their own. */
  town(code: string): string;
  /** A value of a closed list; what has no word stands as it is. */
  word(list: string, value: string): string;
  field(field: string): string;
  /** Any field people fill in, in one line; an em dash for what is unknown. */
  value(field: string, value: unknown): string;
}

const sharedLists: readonly string[] = ['freeStatus', 'powerMode', 'buildMode'];
const english = new Map(libraryTypes.map((type) => [type.code, type.en]));

export function useLibraryWords(): LibraryWords {
  const { t, i18n } = useTranslation();
  const language = languageOf(i18n.language);
  const districts = useDistricts().data;
  const towns = useTowns().data;
  return useMemo(() => {
    const names = new Map([...(districts ?? []), ...(towns ?? [])].map(({ code, name }) => [code, name]));
    const separator = commaOf(language);
    const word = (list: string, value: string) =>
      t(`${sharedLists.includes(list) ? 'terms' : 'library.word'}.${list}.${value}`, { defaultValue: value });
    const resourceType = (code: string | null) =>
      code === null ? '—' : language === 'en' ? (english.get(code) ?? code) : code;
    const place = (code: string) => (code === '' ? '—' : (names.get(code) ?? code));
    const town = (code: string) => (code === '' ? t('library.filter.noTown') : place(code));
    const state = (value: string) => t(`library.state.${value}`, { defaultValue: value });
    const one = (field: string, value: string | number): string => {
      const kind: FieldKind | undefined = fieldKinds[field as ResourceField];
      if (field === 'resourceType') return resourceType(String(value));
      if (field === 'state') return state(String(value));
      if (kind?.kind === 'district' || kind?.kind === 'town') return place(String(value));
      if (typeof value === 'number')
        return kind?.kind === 'number'
          ? `${formatNumber(value, language, kind.digits)} ${kind.unit}`.trim()
          : `${formatNumber(value, language, 2)}${kind?.kind === 'heights' ? ' m' : ''}`;
      if (kind?.kind === 'date') return formatDate(value, language);
      return word(field, value);
    };
    return {
      language,
      state,
      resourceType,
      place,
      town,
      word,
      field: (field) => t(`library.field.${field}`, { defaultValue: field }),
      value: (field, value) => {
        if (field === 'townCode') return town(typeof value === 'string' ? value : '');
        if (value === null || value === undefined || value === '') return '—';
        if (typeof value === 'boolean') return t(value ? 'library.yes' : 'library.no');
        if (Array.isArray(value))
          return value.length === 0 ? '—' : value.map((item) => one(field, item)).join(separator);
        if (typeof value === 'string' || typeof value === 'number') return one(field, value);
        return JSON.stringify(value);
      },
    };
  }, [districts, towns, language, t]);
}
