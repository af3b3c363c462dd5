// The columns of a directory, in the order of the table: what is published, and what of it is new.
import { Button } from 'antd';
import type { TFunction } from 'i18next';
import type { ListedRowJson } from '../../../server/contract/directories.ts';
import type { DeskColumn } from '../../parts/desk-table.tsx';
import type { LibraryWords } from '../library/use-library-words.ts';
import { ChangeTag } from './change-tag.tsx';
import { rowSorts } from './directory-query.ts';
import { changesText, fieldText } from './field-text.ts';

const SHOWN_FIELDS = 4;

/** Field, width, and whether it is shown only when somebody asks for it. */
const published = [
  ['name', 190],
  ['resourceType', 130],
  ['townCode', 110],
  ['owner', 170],
  ['freeStatus', 120],
  ['feeCnyPerYear', 110],
  ['totalHeightM', 110],
  ['mountHeightsM', 120, 'optional'],
  ['slots', 90],
  ['loadKg', 90, 'optional'],
  ['powerMode', 100],
  ['fibre', 90],
  ['structureCheck', 100],
  ['whitelisted', 120],
  ['address', 200],
  ['ownerType', 120, 'optional'],
  ['feeBasis', 160, 'optional'],
  ['appearanceRequirement', 160, 'optional'],
  ['constraintFlags', 160, 'optional'],
  ['validFrom', 110, 'optional'],
  ['validTo', 110, 'optional'],
  ['position', 190, 'optional'],
] as const satisfies readonly (readonly [keyof ListedRowJson, number, 'optional'?])[];
const numbers: readonly string[] = ['feeCnyPerYear', 'totalHeightM', 'slots', 'loadKg'];

export function directoryColumns(
  t: TFunction,
  words: LibraryWords,
  shown: { readonly isFirst: boolean; readonly change: string | null },
  onOpen: (resourceId: string) => void,
): readonly DeskColumn<ListedRowJson>[] {
  const isSortable = (key: string) => rowSorts.some((one) => one === key);
  const fields = published.map(
    ([key, widthPx, optional]): DeskColumn<ListedRowJson> => ({
      key,
      title: words.field(key),
      widthPx,
      ...(optional && { optional: true }),
      ...(isSortable(key) && { sortable: true }),
      ...(numbers.includes(key) && { align: 'right' as const }),
      render: (row) => fieldText(words, key, row[key]),
    }),
  );
  return [
    {
      key: 'code',
      title: words.field('code'),
      widthPx: 150,
      fixed: true,
      sortable: true,
      render: ({ resourceId, code, name }) => (
        <Button
          type="link"
          size="small"
          style={{ padding: 0 }}
          aria-label={t('directory.rowOpen', { name: name || code })}
          onClick={(event) => {
            event.stopPropagation();
            onOpen(resourceId);
          }}
        >
          {code}
        </Button>
      ),
    },
    ...fields.slice(0, 1),
    // in the first one everything is new, and a tab says the change of all its rows
    ...(shown.isFirst || shown.change !== null
      ? []
      : [
          {
            key: 'change',
            title: t('directory.diff.title'),
            widthPx: 110,
            render: ({ change }: ListedRowJson) => <ChangeTag change={change} />,
          },
        ]),
    ...(shown.isFirst || (shown.change !== null && shown.change !== 'changed')
      ? []
      : [
          {
            key: 'fields',
            title: t('directory.diff.what'),
            widthPx: shown.change === null ? 200 : 320,
            render: ({ fields: changed }: ListedRowJson) => changesText(t, words, changed, SHOWN_FIELDS),
          },
        ]),
    ...fields.slice(1),
  ];
}
