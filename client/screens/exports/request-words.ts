// The address of a file in words: what it holds, as what, under which filters.
import type { TFunction } from 'i18next';

const formats: Readonly<Record<string, string>> = {
  xlsx: 'Excel',
  geojson: 'GeoJSON',
  csv: 'CSV',
  zip: 'ZIP',
};

export interface FileWords {
  /** 资源库 · Excel */
  readonly title: string;
  /** 状态：已开放 */
  readonly filters: readonly string[];
}

export function fileWords(t: TFunction, address: string): FileWords {
  const { pathname, searchParams } = new URL(address, 'http://house');
  const [, , noun = '', ...rest] = pathname.split('/');
  const format = rest.at(-1)?.split('.').at(-1) ?? '';
  return {
    title: `${t(`exports.noun.${noun}`, { defaultValue: noun })} · ${formats[format] ?? format}`,
    filters: [...searchParams]
      .filter(([key]) => key !== 'sort' && key !== 'order')
      .map(([key, value]) =>
        t('exports.filterIs', {
          key: t(`exports.key.${key}`, { defaultValue: key }),
          value: value === 'true' || value === 'false' ? t(`exports.value.${value}`) : value,
        }),
      ),
  };
}
