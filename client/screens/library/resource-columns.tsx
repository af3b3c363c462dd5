// The columns of the library, in the order of the table; those the service can sort by carry a sorter.
import { Button } from 'antd';
import type { TFunction } from 'i18next';
import type { ResourceJson } from '../../../server/contract/resources.ts';
import { formatPosition } from '../../format/coordinates.ts';
import { formatDate, formatDateTime } from '../../format/dates.ts';
import type { DeskColumn } from '../../parts/desk-table.tsx';
import { type ColumnKey, columnKeys, usualColumns } from './column-choice.ts';
import { type ResourceSort, resourceSorts } from './library-query.ts';
import { StateTag } from './state-tag.tsx';
import type { LibraryWords } from './use-library-words.ts';

const widthsPx: Readonly<Partial<Record<ColumnKey, number>>> = {
  code: 140,
  name: 190,
  address: 220,
  owner: 180,
  position: 190,
  constraintFlags: 180,
  directoryNumber: 150,
  updatedAt: 150,
};
const alignedRight: readonly ColumnKey[] = [
  'totalHeightM',
  'slots',
  'loadKg',
  'feeCnyPerYear',
  'costCny',
  'photos',
];

export function resourceColumns(
  t: TFunction,
  words: LibraryWords,
  onOpen: (id: string) => void,
): readonly DeskColumn<ResourceJson>[] {
  return columnKeys.map((key) => ({
    key,
    title: words.field(key),
    widthPx: widthsPx[key] ?? 120,
    ...(key === 'code' && { fixed: true }),
    ...(!usualColumns.includes(key) && { optional: true }),
    ...(alignedRight.includes(key) && { align: 'right' as const }),
    ...(resourceSorts.includes(key as ResourceSort) && { sortable: true }),
    render: (resource) =>
      key === 'code' ? (
        <Button
          type="link"
          size="small"
          style={{ padding: 0 }}
          aria-label={t('library.rowOpen', { name: resource.name || resource.code })}
          onClick={(event) => {
            event.stopPropagation();
            onOpen(resource.id);
          }}
        >
          {resource.code}
        </Button>
      ) : key === 'state' ? (
        <StateTag state={resource.state} words={words} />
      ) : (
        columnText(resource, key, words)
      ),
  }));
}

export function columnText(resource: ResourceJson, key: ColumnKey, words: LibraryWords): string {
  switch (key) {
    // lists of the locate queue have an address and no name
    case 'name':
      return resource.name || resource.address || '—';
    case 'position':
      return resource.position === null ? '—' : formatPosition(resource.position);
    case 'ownerConfirmedAt':
      return formatDate(resource.ownerConfirmedAt, words.language);
    case 'updatedAt':
      return formatDateTime(resource.updatedAt, words.language);
    default:
      return words.value(key, resource[key]);
  }
}
