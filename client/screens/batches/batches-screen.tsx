// The list of review batches: states as tabs, filters in the address, how far each one is and until when; a new one from a plan.
import { Button, Progress } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { batchStates } from '../../../engine/index.ts';
import type { BatchJson } from '../../../server/contract/batches.ts';
import { useDistrictChoices } from '../../api/areas.ts';
import { batchesExportUrl, useBatchCounts, useBatchPage } from '../../api/batches.ts';
import { describeError } from '../../api/fetch-reply.ts';
import { formatCount } from '../../format/numbers.ts';
import { type DeskColumn, DeskTable } from '../../parts/desk-table.tsx';
import { LinkButton } from '../../parts/link-button.tsx';
import { Page } from '../../parts/page.tsx';
import { QueryBar } from '../../parts/query-bar.tsx';
import { useMay, useOwnOnly } from '../../state/session.ts';
import { useTableSettings } from '../../state/table-settings.ts';
import { ExportButton } from '../shell/export-button.tsx';
import styles from './batches.module.css';
import {
  type BatchesView,
  batchSorts,
  changedView,
  countQueryOf,
  isFiltered,
  openStates,
  pageQueryOf,
  plainView,
  readBatchesView,
  waitingWords,
  writeBatchesView,
} from './batches-query.ts';
import { BatchStateTag } from './decision-tag.tsx';
import { DueTag } from './due-tag.tsx';
import { NewBatchDialog } from './new-batch-dialog.tsx';
import { type BatchWords, useBatchWords } from './use-batch-words.ts';

export function BatchesScreen() {
  const { t } = useTranslation();
  const words = useBatchWords();
  const navigate = useNavigate();
  const settings = useTableSettings('batches');
  const maySubmit = useMay('batch:submit');
  const mayExport = useMay('batch:export');
  const ownOnly = useOwnOnly('batch:read');
  const [params, setParams] = useSearchParams();
  const view = useMemo(() => readBatchesView(params), [params]);
  const change = (part: Partial<BatchesView>) =>
    setParams(writeBatchesView(changedView(view, part)), { replace: true });
  const clear = () => change({ ...plainView, sort: view.sort, order: view.order, pageSize: view.pageSize });
  const { page: _page, pageSize: _pageSize, ...exportQuery } = pageQueryOf(view);
  const page = useBatchPage(pageQueryOf(view));
  const counts = useBatchCounts(countQueryOf(view)).data;
  const columns = useMemo(() => batchColumns(words), [words]);
  const countOf = (state: BatchJson['state']) =>
    counts?.states.find((one) => one.state === state)?.count ?? 0;
  const plain = plainView.sort === view.sort && plainView.order === view.order;
  return (
    <Page
      title={t('batches.title')}
      subtitle={t(ownOnly ? 'batches.subtitleOwn' : 'batches.subtitle')}
      width="full"
      testId="batches-screen"
      actions={
        maySubmit ? (
          <Button type="primary" onClick={() => change({ from: '' })} data-testid="batches-new">
            {t('batches.newBatch')}
          </Button>
        ) : null
      }
    >
      <DeskTable<BatchJson>
        testId="batches"
        rows={page.data?.batches ?? []}
        rowKey={({ id }) => id}
        columns={columns}
        settings={settings}
        total={page.data?.total ?? null}
        page={view.page}
        pageSize={view.pageSize}
        onPage={change}
        sort={plain ? null : { key: view.sort, order: view.order }}
        onSort={(sort) =>
          change({
            sort: batchSorts.find((one) => one === sort?.key) ?? plainView.sort,
            order: sort?.order ?? plainView.order,
          })
        }
        isLoading={page.isFetching && (page.isPending || page.isPlaceholderData)}
        error={
          page.error
            ? {
                ...describeError(page.error, words.language),
                retryLabel: t('shell.retry'),
                onRetry: () => void page.refetch(),
              }
            : null
        }
        onOpen={(id) => void navigate(`/batches/${encodeURIComponent(id)}`)}
        toolbar={<Filters view={view} words={words} onChange={change} onClear={clear} />}
        actions={
          mayExport ? (
            <ExportButton
              fileName="batches.xlsx"
              url={batchesExportUrl(exportQuery)}
              testId="batches-export"
            />
          ) : null
        }
        tabs={{
          label: t('batches.tabs'),
          active: tabOf(view),
          items: [
            { key: 'all', title: t('batches.all'), ...(counts && { count: counts.total }) },
            {
              key: 'open',
              title: t('batches.openStates'),
              ...(counts && { count: openStates.reduce((sum, state) => sum + countOf(state), 0) }),
            },
            ...batchStates.map((state) => ({
              key: state,
              title: words.word('state', state),
              ...(counts && { count: countOf(state) }),
            })),
          ],
          onTab: (key) =>
            change({ states: key === 'open' ? openStates : batchStates.filter((state) => state === key) }),
        }}
        view={{
          query: writeBatchesView({ ...view, page: 1, from: null }).toString(),
          onTake: (query) => setParams(new URLSearchParams(query)),
        }}
        empty={{
          isFiltered: isFiltered(view),
          text: t(ownOnly ? 'batches.emptyOwn' : maySubmit ? 'batches.empty' : 'batches.emptyRead'),
          onClear: clear,
          ...(maySubmit && {
            act: <LinkButton to="/plans">{t('batches.toPlans')}</LinkButton>,
          }),
        }}
      />
      {view.from !== null && maySubmit ? (
        <NewBatchDialog
          source={view.from === '' ? null : { planId: view.from }}
          onPlan={(from) => change({ from })}
          onClose={() => change({ from: null })}
        />
      ) : null}
    </Page>
  );
}

function tabOf({ states }: BatchesView): string {
  const [only, second] = states;
  if (only === undefined) return 'all';
  return second === undefined ? only : 'open';
}

interface FiltersProps {
  readonly view: BatchesView;
  readonly words: BatchWords;
  readonly onChange: (change: Partial<BatchesView>) => void;
  readonly onClear: () => void;
}

function Filters({ view, words, onChange, onClear }: FiltersProps) {
  const { t } = words;
  const districts = useDistrictChoices();
  const mayDecide = useMay('batch:decide');
  const ownOnly = useOwnOnly('batch:read');
  return (
    <QueryBar<'districtCode' | 'waiting' | 'mine' | 'handler'>
      testId="batches"
      search={{
        q: view.q,
        placeholder: t('batches.search'),
        onSearch: (q) => onChange({ q }),
      }}
      choices={[
        // nothing in a batch waits for whoever only reads their rows, and none is theirs
        ...(ownOnly
          ? []
          : [
              {
                key: 'waiting' as const,
                label: t('batches.filter.waiting'),
                anyLabel: t('batches.filter.anyWaiting'),
                widthPx: 180,
                options: waitingWords.map((value) => ({
                  value,
                  label: t(`batches.filter.waiting-${value}`),
                })),
              },
              {
                key: 'mine' as const,
                label: t('batches.filter.mine'),
                anyLabel: t('batches.filter.anyMine'),
                options: [
                  { value: 'true', label: t('batches.filter.mineTrue') },
                  { value: 'false', label: t('batches.filter.mineFalse') },
                ],
              },
            ]),
        ...(mayDecide
          ? [
              {
                key: 'handler' as const,
                label: t('batches.filter.handler'),
                anyLabel: t('batches.filter.anyHandler'),
                options: [{ value: 'me', label: t('batches.filter.handlerMe') }],
              },
            ]
          : []),
        {
          key: 'districtCode',
          label: t('batches.filter.district'),
          anyLabel: t('batches.filter.anyDistrict'),
          options: districts.map(({ code, name }) => ({ value: code, label: name })),
        },
      ]}
      values={view}
      onChoose={(key, value) => onChange({ [key]: value })}
      isFiltered={isFiltered(view)}
      onClear={onClear}
    />
  );
}

function batchColumns(words: BatchWords): readonly DeskColumn<BatchJson>[] {
  const { t, language } = words;
  const column = (key: string) => ({ key, title: t(`batches.column.${key}`) });
  return [
    {
      ...column('title'),
      widthPx: 240,
      fixed: true,
      sortable: true,
      render: (batch) => (
        <div className={styles.twoLines} data-testid={`batch-${batch.id}`}>
          <span>{batch.title}</span>
          <small>{batch.number ?? t('batches.noNumber')}</small>
        </div>
      ),
    },
    {
      ...column('state'),
      widthPx: 96,
      sortable: true,
      render: ({ state }) => <BatchStateTag state={state} words={words} />,
    },
    { ...column('progress'), widthPx: 150, render: (batch) => <Decided batch={batch} words={words} /> },
    { ...column('dueAt'), widthPx: 110, render: ({ dueAt }) => <DueTag dueAt={dueAt} words={words} /> },
    {
      ...column('failing'),
      widthPx: 96,
      align: 'right',
      render: ({ counts }) => formatCount(counts.failing, language),
    },
    { ...column('district'), widthPx: 120, render: ({ districtName }) => districtName || '—' },
    {
      ...column('submittedBy'),
      widthPx: 190,
      render: (batch) => (
        <div className={styles.twoLines}>
          <span>{batch.submittedByName ?? batch.createdByName}</span>
          <small>{batch.organisation || '—'}</small>
        </div>
      ),
    },
    {
      ...column('submittedAt'),
      widthPx: 150,
      sortable: true,
      render: ({ submittedAt }) => words.time(submittedAt),
    },
    {
      ...column('handler'),
      widthPx: 110,
      optional: true,
      render: ({ handlerName, handledByMe }) =>
        handledByMe ? t('batches.filter.handlerMe') : (handlerName ?? '—'),
    },
    { ...column('closedAt'), widthPx: 150, optional: true, render: ({ closedAt }) => words.time(closedAt) },
    {
      ...column('updatedAt'),
      widthPx: 150,
      optional: true,
      sortable: true,
      render: ({ updatedAt }) => words.time(updatedAt),
    },
  ];
}

function Decided({ batch, words }: { readonly batch: BatchJson; readonly words: BatchWords }) {
  const { rows, undecided } = batch.counts;
  const decided = rows - undecided;
  return (
    <div className={styles.progress}>
      <Progress
        percent={rows === 0 ? 0 : (decided / rows) * 100}
        showInfo={false}
        size="small"
        strokeColor="#1456b8"
      />
      <span>
        {words.t('batches.progress', {
          decided: formatCount(decided, words.language),
          rows: formatCount(rows, words.language),
        })}
      </span>
    </div>
  );
}
