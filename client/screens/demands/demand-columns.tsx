// Columns of the demand table; the rest can be chosen.
import { Button } from 'antd';
import type { TFunction } from 'i18next';
import type { DemandJson } from '../../../server/contract/demands.ts';
import { formatDate, formatDateTime } from '../../format/dates.ts';
import { formatNumber } from '../../format/numbers.ts';
import type { DeskColumn } from '../../parts/desk-table.tsx';
import { DemandStateTag } from './demand-state-tag.tsx';
import type { DemandWords } from './use-demand-words.ts';

export function demandColumns(
  t: TFunction,
  words: DemandWords,
  onOpen: (id: string) => void,
): readonly DeskColumn<DemandJson>[] {
  const { language, library } = words;
  const title = (key: string) => words.field(key);
  const operators = ({ operator, jointOperators }: DemandJson) =>
    jointOperators.length === 0
      ? operator
      : t('demands.joint', { operator, others: jointOperators.join(t('demands.separator')) });
  return [
    {
      key: 'code',
      title: title('demand'),
      fixed: true,
      sortable: true,
      widthPx: 200,
      render: (demand) => (
        <Button type="link" size="small" style={{ padding: 0 }} onClick={() => onOpen(demand.id)}>
          {demand.name || demand.code}
        </Button>
      ),
    },
    { key: 'operator', title: title('operator'), widthPx: 170, render: operators },
    {
      key: 'state',
      title: title('state'),
      sortable: true,
      widthPx: 100,
      render: ({ state }) => <DemandStateTag state={state} words={words} />,
    },
    {
      key: 'priority',
      title: title('priority'),
      sortable: true,
      widthPx: 90,
      align: 'right',
      render: ({ priority }) => String(priority),
    },
    {
      key: 'scenario',
      title: title('scenario'),
      widthPx: 110,
      render: ({ scenario }) => words.word('scenario', scenario),
    },
    {
      key: 'reason',
      title: title('reason'),
      widthPx: 110,
      render: ({ reason }) => words.word('reason', reason),
    },
    { key: 'form', title: title('form'), widthPx: 100, render: ({ form }) => words.word('form', form) },
    {
      key: 'searchRadiusM',
      title: title('searchRadiusM'),
      widthPx: 100,
      align: 'right',
      render: ({ searchRadiusM }) => words.metres(searchRadiusM),
    },
    {
      key: 'resource',
      title: title('resource'),
      widthPx: 160,
      render: ({ resourceCode, resourceId }) => resourceCode ?? resourceId ?? '—',
    },
    {
      key: 'wantDate',
      title: title('wantDate'),
      sortable: true,
      widthPx: 120,
      render: ({ wantDate }) => (wantDate === null ? '—' : formatDate(wantDate, language)),
    },
    {
      key: 'district',
      title: title('districtCode'),
      widthPx: 120,
      render: ({ districtCode }) => library.place(districtCode),
    },
    {
      key: 'town',
      title: title('townCode'),
      optional: true,
      render: ({ townCode }) => library.town(townCode),
    },
    { key: 'batch', title: title('batch'), widthPx: 130, render: ({ batch }) => batch || '—' },
    { key: 'band', title: title('band'), optional: true, render: ({ band }) => band ?? '—' },
    {
      key: 'wantHeightM',
      title: title('wantHeightM'),
      optional: true,
      align: 'right',
      render: ({ wantHeightM }) =>
        wantHeightM === null ? '—' : `${formatNumber(wantHeightM, language, 1)} m`,
    },
    { key: 'keyArea', title: title('keyArea'), optional: true, render: ({ keyArea }) => keyArea ?? '—' },
    {
      key: 'updatedAt',
      title: title('updatedAt'),
      sortable: true,
      widthPx: 160,
      optional: true,
      render: ({ updatedAt }) => formatDateTime(updatedAt, language),
    },
  ];
}
