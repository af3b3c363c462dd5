// The columns of cases, in the order of the table.
import { Button } from 'antd';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import type { CaseJson } from '../../../server/contract/cases.ts';
import { formatDate, formatDateTime } from '../../format/dates.ts';
import type { DeskColumn } from '../../parts/desk-table.tsx';
import { CaseStateTag } from './case-state-tag.tsx';
import { caseSorts } from './cases-query.ts';
import type { CaseWords } from './use-case-words.ts';

export function caseColumns(
  t: TFunction,
  words: CaseWords,
  onOpen: (id: string) => void,
): readonly DeskColumn<CaseJson>[] {
  const { language, library } = words;
  const column = (
    key: string,
    render: (row: CaseJson) => ReactNode,
    more: Partial<DeskColumn<CaseJson>> = {},
  ): DeskColumn<CaseJson> => ({
    key,
    title: t(`cases.column.${key}`),
    ...((caseSorts as readonly string[]).includes(key) && { sortable: true }),
    render,
    ...more,
  });
  const day = (key: 'agreedOn' | 'filedOn' | 'startedOn' | 'completedOn' | 'onAirOn' | 'acceptedOn') =>
    column(key, (row) => formatDate(row[key], language), { optional: key !== 'onAirOn' });
  return [
    column(
      'number',
      ({ id, number }) => (
        <Button
          type="link"
          size="small"
          style={{ padding: 0 }}
          onClick={(event) => {
            event.stopPropagation();
            onOpen(id);
          }}
        >
          {number}
        </Button>
      ),
      { fixed: true, widthPx: 150 },
    ),
    column('siteName', ({ siteName, siteCode }) => siteName || siteCode || t('cases.noSite'), {
      widthPx: 190,
    }),
    column('state', ({ state }) => <CaseStateTag state={state} words={words} />, { widthPx: 100 }),
    column('stateSince', ({ stateSince }) => formatDateTime(stateSince, language), { widthPx: 150 }),
    column('operator', ({ operator }) => operator || '—', { widthPx: 130 }),
    column('company', ({ company }) => company || t('cases.noCompany'), { widthPx: 150 }),
    column('district', ({ districtCode }) => library.place(districtCode)),
    column('town', ({ townCode }) => library.town(townCode)),
    column('plan', ({ planName }) => planName ?? '—', { widthPx: 170 }),
    column('surveyed', ({ surveyed }) => t(surveyed ? 'library.yes' : 'library.no'), { widthPx: 90 }),
    day('onAirOn'),
    column('updatedAt', ({ updatedAt }) => formatDateTime(updatedAt, language), { widthPx: 150 }),
    column('siteCode', ({ siteCode }) => siteCode ?? '—', { optional: true, widthPx: 140 }),
    column('stateBefore', ({ stateBefore }) => (stateBefore === null ? '—' : words.state(stateBefore)), {
      optional: true,
    }),
    column('listedAt', ({ listedAt }) => formatDate(listedAt, language), { optional: true }),
    day('agreedOn'),
    column('filingNumber', ({ filingNumber }) => filingNumber || '—', { optional: true, widthPx: 140 }),
    day('filedOn'),
    day('startedOn'),
    day('completedOn'),
    column('deliveryConfirmedAt', (row) => formatDateTime(row.deliveryConfirmedAt, language), {
      optional: true,
      widthPx: 150,
    }),
    day('acceptedOn'),
    column('remark', ({ remark }) => remark || '—', { optional: true, widthPx: 200 }),
  ];
}
