// The table of comments (意见征求): what was said of resources and plans, by whom, what became of it; answered in the drawer of a row.
import { Drawer } from 'antd';
import type { TFunction } from 'i18next';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { CommentJson } from '../../../server/contract/comments.ts';
import { commentsExportUrl, useCommentPage } from '../../api/comments.ts';
import { formatDateTime } from '../../format/dates.ts';
import type { Language } from '../../format/language.ts';
import { useLanguage } from '../../format/use-language.ts';
import { type DeskColumn, DeskTable } from '../../parts/desk-table.tsx';
import { Page } from '../../parts/page.tsx';
import { QueryBar, type QueryChoice } from '../../parts/query-bar.tsx';
import { useMay } from '../../state/session.ts';
import { useTableSettings } from '../../state/table-settings.ts';
import { ExportButton } from '../shell/export-button.tsx';
import { useTableError } from '../shell/use-table-error.ts';
import { commentedPath } from './comment-path.ts';
import { CommentThread } from './comment-thread.tsx';
import {
  type CommentFilter,
  type CommentsView,
  changedComments,
  clearedComments,
  commentExportQueryOf,
  commentPageQueryOf,
  commentSorts,
  isCommentsFiltered,
  readCommentsView,
  writeCommentsView,
} from './comments-query.ts';
import { OutcomeTag } from './outcome-tag.tsx';

export function CommentsScreen() {
  const { t } = useTranslation();
  const language = useLanguage();
  const settings = useTableSettings('comments');
  const [params, setParams] = useSearchParams();
  const view = useMemo(() => readCommentsView(params), [params]);
  const change = (part: Partial<CommentsView>) =>
    setParams(writeCommentsView(changedComments(view, part)), { replace: true });
  const page = useCommentPage(commentPageQueryOf(view));
  const refused = useTableError(page);
  const comments = page.data?.comments ?? [];
  const opened = comments.find(({ id }) => id === view.comment);
  return (
    <Page title={t('comments.title')} subtitle={t('comments.subtitle')} width="full" testId="comments-screen">
      <DeskTable
        testId="comments"
        rows={comments}
        rowKey={({ id }) => id}
        columns={commentColumns(t, language)}
        settings={settings}
        total={page.data?.total ?? null}
        page={view.page}
        pageSize={view.pageSize}
        onPage={change}
        sort={view.sort === null ? null : { key: view.sort, order: view.order }}
        onSort={(sort) =>
          change({
            sort: commentSorts.find((one) => one === sort?.key) ?? null,
            order: sort?.order ?? 'asc',
          })
        }
        isLoading={page.isFetching && (page.isPending || page.isPlaceholderData)}
        error={refused}
        focusId={view.comment}
        onOpen={(comment) => change({ comment })}
        toolbar={<CommentsToolbar view={view} onChange={change} />}
        actions={
          <ExportButton
            fileName={`${t('comments.file')}.xlsx`}
            url={commentsExportUrl(commentExportQueryOf(view))}
            testId="comments-export"
          />
        }
        view={{
          query: writeCommentsView({ ...view, page: 1, comment: null }).toString(),
          onTake: (query) => change(readCommentsView(new URLSearchParams(query))),
        }}
        empty={{
          isFiltered: isCommentsFiltered(view),
          text: t('comments.empty'),
          onClear: () => change(clearedComments),
        }}
      />
      {opened === undefined ? null : (
        <Drawer
          open
          size={560}
          onClose={() => change({ comment: null })}
          title={t('comments.of', { name: opened.objectName })}
          extra={<Link to={commentedPath(opened)}>{t(`comments.go.${opened.noun}`)}</Link>}
        >
          <CommentThread about={{ noun: opened.noun, objectId: opened.objectId }} focusId={opened.id} />
        </Drawer>
      )}
    </Page>
  );
}

interface CommentsToolbarProps {
  readonly view: CommentsView;
  readonly onChange: (change: Partial<CommentsView>) => void;
}

function CommentsToolbar({ view, onChange }: CommentsToolbarProps) {
  const { t } = useTranslation();
  const mayAnswer = useMay('comment:answer');
  const choice = (key: CommentFilter, values: readonly string[]): QueryChoice<CommentFilter> => ({
    key,
    label: t(`comments.filter.${key}`),
    anyLabel: t(`comments.any.${key}`),
    options: values.map((value) => ({ value, label: t(`comments.is.${key}.${value}`) })),
  });
  return (
    <QueryBar
      testId="comments"
      search={{
        q: view.q ?? '',
        placeholder: t('comments.search'),
        onSearch: (q) => onChange({ q: q === '' ? null : q }),
      }}
      choices={[
        choice('noun', ['resource', 'plan']),
        choice('answered', ['false', 'true']),
        choice('mine', ['true']),
        ...(mayAnswer ? [choice('answerable', ['true'])] : []),
      ]}
      values={view}
      onChoose={(key, value) => onChange({ [key]: value })}
      isFiltered={isCommentsFiltered(view)}
      onClear={() => onChange(clearedComments)}
    />
  );
}

function commentColumns(t: TFunction, language: Language): readonly DeskColumn<CommentJson>[] {
  const column = (
    key: string,
    render: (row: CommentJson) => ReactNode,
    more: Partial<DeskColumn<CommentJson>> = {},
  ): DeskColumn<CommentJson> => ({
    key,
    title: t(`comments.column.${key}`),
    ...((commentSorts as readonly string[]).includes(key) && { sortable: true }),
    render,
    ...more,
  });
  return [
    column('object', ({ noun, objectName }) => `${t(`comments.is.noun.${noun}`)} · ${objectName}`, {
      fixed: true,
      widthPx: 220,
    }),
    column('site', ({ siteName }) => siteName ?? '—', { widthPx: 160 }),
    column('body', ({ body }) => body, { widthPx: 320 }),
    column('organisation', ({ organisation }) => organisation || '—', { widthPx: 150 }),
    column('byName', ({ byName }) => byName),
    column('at', ({ at }) => formatDateTime(at, language), { widthPx: 150 }),
    column('outcome', ({ answer }) => <OutcomeTag outcome={answer?.outcome ?? null} />, { widthPx: 110 }),
    column('answer', ({ answer }) => answer?.text || '—', { widthPx: 280 }),
    column('answerer', ({ answer }) => answer?.byName ?? '—', { optional: true }),
    column('answeredAt', ({ answer }) => (answer === null ? '—' : formatDateTime(answer.at, language)), {
      widthPx: 150,
    }),
  ];
}
