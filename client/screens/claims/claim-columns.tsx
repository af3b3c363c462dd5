// The columns of claims, in the order of the table.
import { Button } from 'antd';
import type { TFunction } from 'i18next';
import type { ClaimJson } from '../../../server/contract/claims.ts';
import { formatDate, formatDateTime } from '../../format/dates.ts';
import { formatNumber } from '../../format/numbers.ts';
import type { DeskColumn } from '../../parts/desk-table.tsx';
import { ClaimStateTag } from './claim-state-tag.tsx';
import { HoldClockTag } from './hold-clock-tag.tsx';
import type { ClaimWords } from './use-claim-words.ts';

export function claimColumns(
  t: TFunction,
  words: ClaimWords,
  onOpen: (id: string) => void,
): readonly DeskColumn<ClaimJson>[] {
  const { language, library } = words;
  const title = (key: string) => t(`claims.column.${key}`);
  return [
    {
      key: 'resource',
      title: title('resource'),
      widthPx: 200,
      fixed: true,
      sortable: true,
      render: (claim) => (
        <Button
          type="link"
          size="small"
          style={{ padding: 0 }}
          onClick={(event) => {
            event.stopPropagation();
            onOpen(claim.id);
          }}
        >
          {claim.resource.name || claim.resource.code}
        </Button>
      ),
    },
    {
      key: 'state',
      title: title('state'),
      widthPx: 100,
      sortable: true,
      render: ({ state }) => <ClaimStateTag state={state} words={words} />,
    },
    {
      key: 'until',
      title: title('until'),
      widthPx: 150,
      sortable: true,
      render: ({ until }) => <HoldClockTag until={until} />,
    },
    {
      key: 'company',
      title: title('company'),
      widthPx: 150,
      sortable: true,
      render: (claim) => words.company(claim),
    },
    {
      key: 'operators',
      title: title('operators'),
      widthPx: 170,
      render: ({ operators }) => words.list(operators),
    },
    {
      key: 'rule',
      title: title('rule'),
      widthPx: 260,
      render: ({ explanation }) => (explanation === null ? '—' : words.sentence(explanation)),
    },
    {
      key: 'resourceType',
      title: title('resourceType'),
      render: ({ resource }) => library.resourceType(resource.resourceType),
    },
    { key: 'district', title: title('district'), render: (claim) => library.place(claim.districtCode) },
    { key: 'town', title: title('town'), render: (claim) => library.town(claim.townCode) },
    {
      key: 'demands',
      title: title('demands'),
      widthPx: 90,
      align: 'right',
      render: ({ demandIds }) => formatNumber(demandIds.length, language, 0),
    },
    {
      key: 'slots',
      title: title('slots'),
      widthPx: 110,
      align: 'right',
      render: ({ slots, resource }) => `${slots} / ${resource.slots ?? 1}`,
    },
    {
      key: 'onAirBy',
      title: title('onAirBy'),
      render: ({ onAirBy }) => formatDate(onAirBy, language),
    },
    {
      key: 'submittedAt',
      title: title('submittedAt'),
      widthPx: 150,
      sortable: true,
      render: ({ submittedAt }) => formatDateTime(submittedAt, language),
    },
    {
      key: 'kind',
      title: title('kind'),
      optional: true,
      render: ({ kind }) => t(`claims.kind.${kind}`),
    },
    {
      key: 'code',
      title: title('code'),
      optional: true,
      widthPx: 140,
      render: ({ resource }) => resource.code,
    },
    {
      key: 'owner',
      title: title('owner'),
      optional: true,
      widthPx: 160,
      render: ({ resource }) => resource.owner,
    },
    {
      key: 'loadKg',
      title: title('loadKg'),
      optional: true,
      align: 'right',
      render: ({ loadKg }) => formatNumber(loadKg, language, 1),
    },
    {
      key: 'powerKva',
      title: title('powerKva'),
      optional: true,
      align: 'right',
      render: ({ powerKva }) => formatNumber(powerKva, language, 1),
    },
    {
      key: 'extensions',
      title: title('extensions'),
      optional: true,
      align: 'right',
      render: (claim) => claim.extensions,
    },
    {
      key: 'endReason',
      title: title('endReason'),
      optional: true,
      widthPx: 220,
      render: ({ endReason }) => endReason || '—',
    },
    { key: 'note', title: title('note'), optional: true, widthPx: 220, render: ({ note }) => note || '—' },
    {
      key: 'updatedAt',
      title: title('updatedAt'),
      optional: true,
      widthPx: 150,
      render: ({ updatedAt }) => formatDateTime(updatedAt, language),
    },
  ];
}
