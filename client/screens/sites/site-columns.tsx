// The columns of the site table; those the server can sort by carry a sorter.
import { type TableColumnsType, Tag } from 'antd';
import type { TFunction } from 'i18next';
import type { SiteJson } from '../../../server/contract/sites.ts';
import { formatPosition } from '../../format/coordinates.ts';
import { formatAzimuths, formatDegrees, formatHeight } from '../../format/measures.ts';
import { formatMoney } from '../../format/money.ts';
import type { SiteSort, SortOrder } from './site-table-query.ts';
import type { SiteWords } from './use-site-words.ts';

const statusColours = {
  existing: 'blue',
  candidate: 'default',
  proposed: 'gold',
  unavailable: 'red',
} as const;

export function siteColumns(
  t: TFunction,
  words: SiteWords,
  sorted: { readonly sort: SiteSort; readonly order: SortOrder },
): TableColumnsType<SiteJson> {
  const sorter = (field: SiteSort) =>
    ({
      key: field,
      dataIndex: field,
      title: t(`sites.column.${field}`),
      sorter: true,
      sortOrder: sorted.sort === field ? (sorted.order === 'desc' ? 'descend' : 'ascend') : null,
      showSorterTooltip: false,
      ellipsis: true,
    }) as const;
  const plain = (field: string) =>
    ({ key: field, title: t(`sites.column.${field}`), ellipsis: true }) as const;
  return [
    { ...sorter('code'), width: 150, fixed: 'left' },
    { ...sorter('name'), width: 190 },
    { ...plain('status'), width: 92, render: (_, site) => <StatusTag site={site} words={words} /> },
    {
      ...sorter('resourceType'),
      width: words.language === 'en' ? 170 : 116,
      render: (_, site) => words.resourceType(site.resourceType),
    },
    {
      ...plain('structure'),
      width: words.language === 'en' ? 82 : 64,
      render: (_, site) => words.term('structure', site.structure),
    },
    {
      ...sorter('heightM'),
      width: 92,
      align: 'right',
      render: (_, site) => formatHeight(site.heightM, words.language),
    },
    {
      ...plain('azimuthsDeg'),
      width: 118,
      render: (_, site) => (site.azimuthsDeg ? formatAzimuths(site.azimuthsDeg) : '—'),
    },
    {
      ...plain('tilts'),
      width: words.language === 'en' ? 150 : 118,
      render: (_, site) => formatTilts(site, words),
    },
    {
      ...sorter('costCny'),
      width: 118,
      align: 'right',
      render: (_, site) => formatMoney(site.costCny, words.language),
    },
    { ...plain('owner'), width: 160, render: (_, site) => site.owner || '—' },
    { ...plain('freeStatus'), width: 124, render: (_, site) => words.term('freeStatus', site.freeStatus) },
    { ...plain('powerMode'), width: 124, render: (_, site) => words.term('powerMode', site.powerMode) },
    { ...plain('buildMode'), width: 96, render: (_, site) => words.term('buildMode', site.buildMode) },
    { ...plain('district'), width: 110, render: (_, site) => words.district(site.districtCode) || '—' },
    { ...plain('position'), width: 184, render: (_, site) => formatPosition(site.position) },
    { ...plain('origin'), width: 84, render: (_, site) => words.term('origin', site.origin) },
  ];
}

/** Sum of the widths, which the table needs for its sideways scroll. */
export function columnsWidthPx(columns: TableColumnsType<SiteJson>): number {
  return columns.reduce((sum, column) => sum + Number(column.width), 0);
}

function formatTilts({ electricalTiltDeg, mechanicalTiltDeg }: SiteJson, { language }: SiteWords): string {
  if (electricalTiltDeg === null && mechanicalTiltDeg === null) return '—';
  return [electricalTiltDeg, mechanicalTiltDeg]
    .map((tiltDeg) => (tiltDeg === null ? '—' : formatDegrees(tiltDeg, language)))
    .join(' / ');
}

function StatusTag({ site, words }: { readonly site: SiteJson; readonly words: SiteWords }) {
  return <Tag color={statusColours[site.status]}>{words.term('status', site.status)}</Tag>;
}
