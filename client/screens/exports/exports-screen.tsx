// Requests for files with many coordinates: mine with the way to the file once it is allowed, those of others with the word on them.
import { Button, Tag } from 'antd';
import type { TFunction } from 'i18next';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { type ExportRequestState, exportRequestStates } from '../../../engine/index.ts';
import type { ExportRequestJson } from '../../../server/contract/export-requests.ts';
import { useExportRequests } from '../../api/export-requests.ts';
import { formatDateTime } from '../../format/dates.ts';
import type { Language } from '../../format/language.ts';
import { formatCount } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { type DeskColumn, DeskTable } from '../../parts/desk-table.tsx';
import { Page } from '../../parts/page.tsx';
import { QueryBar, type QueryChoice } from '../../parts/query-bar.tsx';
import { download } from '../../state/download.ts';
import { useMay } from '../../state/session.ts';
import { useTableSettings } from '../../state/table-settings.ts';
import { useTableError } from '../shell/use-table-error.ts';
import {
  changedExports,
  clearedExports,
  type ExportFilter,
  type ExportsView,
  exportRequestQueryOf,
  exportShows,
  isExportsFiltered,
  readExportsView,
  writeExportsView,
} from './exports-query.ts';
import { RequestDrawer } from './request-drawer.tsx';
import { fileWords } from './request-words.ts';

export function ExportsScreen() {
  const { t } = useTranslation();
  const language = useLanguage();
  const settings = useTableSettings('exports');
  const [params, setParams] = useSearchParams();
  const view = useMemo(() => readExportsView(params), [params]);
  const change = (part: Partial<ExportsView>) =>
    setParams(writeExportsView(changedExports(view, part)), { replace: true });
  const page = useExportRequests(exportRequestQueryOf(view));
  const refused = useTableError(page);
  const requests = page.data?.requests ?? [];
  const opened = requests.find(({ id }) => id === view.request);
  return (
    <Page title={t('exports.title')} subtitle={t('exports.subtitle')} width="full" testId="exports-screen">
      <DeskTable
        testId="exports"
        rows={requests}
        rowKey={({ id }) => id}
        columns={requestColumns(t, language)}
        settings={settings}
        total={page.data?.total ?? null}
        page={view.page}
        pageSize={view.pageSize}
        onPage={change}
        sort={null}
        onSort={() => undefined}
        isLoading={page.isFetching && (page.isPending || page.isPlaceholderData)}
        error={refused}
        focusId={view.request}
        onOpen={(request) => change({ request })}
        toolbar={<ExportsToolbar view={view} onChange={change} />}
        view={{
          query: writeExportsView({ ...view, page: 1, request: null }).toString(),
          onTake: (query) => change(readExportsView(new URLSearchParams(query))),
        }}
        empty={{
          isFiltered: isExportsFiltered(view),
          text: t('exports.empty'),
          onClear: () => change(clearedExports),
        }}
      />
      {opened === undefined ? null : (
        <RequestDrawer key={opened.id} request={opened} onClose={() => change({ request: null })} />
      )}
    </Page>
  );
}

interface ExportsToolbarProps {
  readonly view: ExportsView;
  readonly onChange: (change: Partial<ExportsView>) => void;
}

function ExportsToolbar({ view, onChange }: ExportsToolbarProps) {
  const { t } = useTranslation();
  const mayDecide = useMay('export:approve');
  const mayAsk = useMay('export:request');
  const offered = exportShows.filter((show) => (show === 'decidable' ? mayDecide : mayAsk));
  const choices: readonly QueryChoice<ExportFilter>[] = [
    {
      key: 'state',
      label: t('exports.column.state'),
      anyLabel: t('exports.anyState'),
      options: exportRequestStates.map((value) => ({ value, label: t(`exports.state.${value}`) })),
    },
    {
      key: 'show',
      label: t('exports.whose'),
      anyLabel: t('exports.anyones'),
      options: offered.map((value) => ({ value, label: t(`exports.show.${value}`) })),
    },
  ];
  return (
    <QueryBar
      testId="exports"
      search={{
        q: view.q ?? '',
        placeholder: t('exports.search'),
        onSearch: (q) => onChange({ q: q === '' ? null : q }),
      }}
      choices={choices}
      values={view}
      onChoose={(key, value) => onChange({ [key]: value })}
      isFiltered={isExportsFiltered(view)}
      onClear={() => onChange(clearedExports)}
    />
  );
}

const colours: Readonly<Record<ExportRequestState, string>> = {
  待批: 'gold',
  同意: 'green',
  不同意: 'red',
  已用: 'default',
};

function requestColumns(t: TFunction, language: Language): readonly DeskColumn<ExportRequestJson>[] {
  const column = (
    key: string,
    render: (row: ExportRequestJson) => ReactNode,
    more: Partial<DeskColumn<ExportRequestJson>> = {},
  ): DeskColumn<ExportRequestJson> => ({ key, title: t(`exports.column.${key}`), render, ...more });
  const time = (iso: string | null) => (iso === null ? '—' : formatDateTime(iso, language));
  return [
    column('file', ({ address }) => fileWords(t, address).title, { fixed: true, widthPx: 180 }),
    column('filters', ({ address }) => fileWords(t, address).filters.join(' · ') || t('exports.whole'), {
      widthPx: 220,
    }),
    column('rows', ({ rows }) => formatCount(rows, language), { align: 'right', widthPx: 90 }),
    column('state', ({ state }) => <Tag color={colours[state]}>{t(`exports.state.${state}`)}</Tag>, {
      widthPx: 100,
    }),
    column(
      'take',
      ({ usable, address }) =>
        usable ? (
          <Button
            size="small"
            type="link"
            onClick={(event) => {
              event.stopPropagation();
              void download('', address);
            }}
            data-testid="export-take"
          >
            {t('exports.take')}
          </Button>
        ) : null,
      { widthPx: 100 },
    ),
    column('name', ({ name }) => name),
    column('organisation', ({ organisation }) => organisation || '—', { widthPx: 150 }),
    column('reason', ({ reason }) => reason, { widthPx: 240 }),
    column('askedAt', ({ askedAt }) => time(askedAt), { widthPx: 150 }),
    column('decidedName', ({ decidedName }) => decidedName ?? '—'),
    column('decisionText', ({ decisionText }) => decisionText || '—', { widthPx: 200, optional: true }),
    column('validUntil', ({ validUntil }) => time(validUntil), { widthPx: 150 }),
  ];
}
