// Last step of the walk: people judge the new sites of a plan, row by row or many at once, and have it planned again
// without the refused ones. Works by keyboard alone; what a key or a decision means is decided in review-decisions.ts.
import { Alert, App, Button, Empty, Spin } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import type { NewReviewJson, PlanDetailJson, PlanItemJson } from '../../../server/contract/plans.ts';
import { describeError } from '../../api/fetch-reply.ts';
import { usePlan, usePlanItems } from '../../api/plans.ts';
import { useSendReview } from '../../api/reviews.ts';
import { inLanguage } from '../../format/language.ts';
import { formatMoney } from '../../format/money.ts';
import { formatCount, formatShare } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Page } from '../../parts/page.tsx';
import { useKeyCommands } from '../../parts/use-key-commands.ts';
import { focusPlan, focusSite } from '../../state/focus.ts';
import { useMay, useMe } from '../../state/session.ts';
import { CommentsButton } from '../comments/comments-button.tsx';
import { askedShare } from '../plan/asked-share.ts';
import { useSiteWords } from '../sites/use-site-words.ts';
import { DecisionDialog } from './decision-dialog.tsx';
import { ReviewActions } from './review-actions.tsx';
import {
  countDecisions,
  type Decision,
  type DecisionFilter,
  filterRows,
  missingInDraft,
  newSitesQuery,
  type PendingReviews,
  pendingReviews,
  reviewRequest,
  reviewRows,
  rowAt,
} from './review-decisions.ts';
import { reviewHints } from './review-hints.ts';
import { ReviewKeys, reviewKeys } from './review-keys.tsx';
import { ReviewTable } from './review-table.tsx';
import { ReviewToolbar } from './review-toolbar.tsx';
import { siteOnMapPath } from './site-on-map-path.ts';

export function ReviewScreen() {
  const planId = useParams().planId ?? null;
  const { t } = useTranslation();
  const language = useLanguage();
  const detail = usePlan(planId);
  if (detail.error) {
    return (
      <Page title={t('review.title')} testId="review-screen">
        <ErrorNote
          {...describeError(detail.error, language)}
          retryLabel={t('shell.retry')}
          onRetry={() => void detail.refetch()}
        />
      </Page>
    );
  }
  if (!detail.data) {
    return (
      <Page title={t('review.title')} testId="review-screen">
        <Spin />
      </Page>
    );
  }
  // Another plan is another review: nothing chosen, nothing selected.
  return detail.data.plan.state === 'done' ? (
    <Review key={detail.data.plan.id} detail={detail.data} />
  ) : (
    <NotReady detail={detail.data} />
  );
}

function NotReady({ detail }: { readonly detail: PlanDetailJson }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const navigate = useNavigate();
  const { plan } = detail;
  const toPlans = <Button onClick={() => navigate('/plans')}>{t('review.state.toPlans')}</Button>;
  return (
    <Page title={plan.name} testId="review-screen">
      {plan.error ? (
        <ErrorNote
          message={inLanguage(plan.error.message, language)}
          hint={inLanguage(plan.error.hint, language)}
          code={plan.error.code}
          extra={<div style={{ marginTop: 8 }}>{toPlans}</div>}
        />
      ) : (
        <Alert type="info" showIcon title={t(`review.state.${plan.state}`)} action={toPlans} />
      )}
    </Page>
  );
}

interface Asked {
  readonly decision: Decision;
  readonly siteIds: readonly string[];
}

function Review({ detail }: { readonly detail: PlanDetailJson }) {
  const { t } = useTranslation();
  const words = useSiteWords();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const { plan } = detail;
  const items = usePlanItems(plan.id, newSitesQuery);
  const { pending, failure, send, forgetFailure } = useDeciding(plan.id);
  const rows = useMemo(() => reviewRows(items.data?.items ?? [], pending), [items.data, pending]);
  const hints = useMemo(() => reviewHints(rows), [rows]);
  const [filter, setFilter] = useState<DecisionFilter>('all');
  const shown = useMemo(() => filterRows(rows, filter), [rows, filter]);
  const [current, setCurrent] = useState<{ siteId: string | null; index: number }>({
    siteId: null,
    index: 0,
  });
  const [selectedIds, setSelectedIds] = useState<readonly string[]>([]);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [isKeysOpen, setKeysOpen] = useState(false);
  const reviewer = useMe()?.name ?? '';
  const mayDecide = useMay('review:decide');

  // The map and the top bar speak of the plan under review.
  useEffect(() => focusPlan(plan.id), [plan.id]);

  const step = (by: number) => {
    const next = rowAt(shown, current, by);
    if (next) setCurrent(next);
  };
  const record = (request: NewReviewJson) => {
    void send(request).then((isRecorded) => {
      // One row shows its own answer; many are out of sight.
      if (!isRecorded || request.siteIds.length === 1) return;
      void message.success(
        t('review.recorded', {
          rows: formatCount(request.siteIds.length, words.language),
          decision: words.term('decision', request.decision),
        }),
      );
    });
    setAsked(null);
    if (request.siteIds.length > 1) setSelectedIds([]);
    else if (request.siteIds[0] === current.siteId) step(1);
  };
  /** One agreed row is recorded at once; reasons and several rows are asked about first. */
  const decide = (decision: Decision, siteIds: readonly string[]) => {
    const draft = { siteIds, decision, reasonCode: null, reasonText: '', reviewer };
    if (!mayDecide || siteIds.length === 0) return;
    if (siteIds.length === 1 && missingInDraft(draft).length === 0) record(reviewRequest(draft));
    else setAsked({ decision, siteIds });
  };
  const wanted = () =>
    selectedIds.length > 0 ? selectedIds : current.siteId === null ? [] : [current.siteId];
  const openOnMap = (row: PlanItemJson | undefined) => {
    if (!row) return;
    focusSite(row.site.id);
    navigate(siteOnMapPath(plan.id, row.site));
  };
  const toggle = (siteId: string) =>
    setSelectedIds((ids) => (ids.includes(siteId) ? ids.filter((id) => id !== siteId) : [...ids, siteId]));

  useKeyCommands(reviewKeys, (command) => {
    if (command === 'next') step(1);
    else if (command === 'previous') step(-1);
    else if (command === 'agree') decide('同意', wanted());
    else if (command === 'return') decide('退回', wanted());
    else if (command === 'refuse') decide('不同意', wanted());
    else if (command === 'keys') setKeysOpen(true);
    else if (command === 'open') openOnMap(rows.find((row) => row.site.id === current.siteId));
    else if (current.siteId !== null) toggle(current.siteId);
  });

  return (
    <Page
      title={plan.name}
      subtitle={<Summary detail={detail} />}
      width="full"
      testId="review-screen"
      actions={
        <>
          <CommentsButton about={{ noun: 'plan', objectId: plan.id }} name={plan.name} />
          <ReviewActions detail={detail} rows={rows} shown={shown} hints={hints} words={words} />
        </>
      }
    >
      <ReviewToolbar
        counts={countDecisions(rows)}
        filter={filter}
        selected={selectedIds.length}
        words={words}
        mayDecide={mayDecide}
        onFilter={setFilter}
        onDecide={(decision) => decide(decision, selectedIds)}
        onSelectShown={() => setSelectedIds(shown.map((row) => row.site.id))}
        onClear={() => setSelectedIds([])}
        onKeys={() => setKeysOpen(true)}
      />
      {failure ? (
        <ErrorNote
          {...describeError(failure.error, words.language)}
          retryLabel={t('shell.retry')}
          onRetry={() => {
            forgetFailure();
            record(failure.request);
          }}
        />
      ) : null}
      {items.data && items.data.total > items.data.items.length ? (
        <Alert
          type="warning"
          showIcon
          title={t('review.truncated', {
            total: formatCount(items.data.total, words.language),
            shown: formatCount(items.data.items.length, words.language),
          })}
        />
      ) : null}
      {items.error ? (
        <ErrorNote
          {...describeError(items.error, words.language)}
          retryLabel={t('shell.retry')}
          onRetry={() => void items.refetch()}
        />
      ) : items.data && rows.length === 0 ? (
        <Empty description={t('review.empty')} data-testid="review-empty" />
      ) : (
        <ReviewTable
          rows={shown}
          hints={hints}
          words={words}
          mayDecide={mayDecide}
          isLoading={items.isPending}
          currentId={current.siteId}
          selectedIds={selectedIds}
          onCurrent={(siteId, index) => setCurrent({ siteId, index })}
          onSelect={setSelectedIds}
          onDecide={decide}
          onOpen={openOnMap}
          onShowAll={() => setFilter('all')}
        />
      )}
      {asked ? (
        <DecisionDialog
          decision={asked.decision}
          siteIds={asked.siteIds}
          rows={rows}
          words={words}
          onRecord={record}
          onClose={() => setAsked(null)}
        />
      ) : null}
      <ReviewKeys open={isKeysOpen} onClose={() => setKeysOpen(false)} />
    </Page>
  );
}

interface Failure {
  readonly request: NewReviewJson;
  readonly error: unknown;
}

/** Sends decisions; rows show them at once, and lose them again when the server refuses. */
function useDeciding(planId: string) {
  const { mutateAsync } = useSendReview(planId);
  const [pending, setPending] = useState<PendingReviews>(new Map());
  const [failure, setFailure] = useState<Failure | null>(null);
  const send = async (request: NewReviewJson): Promise<boolean> => {
    const mine = pendingReviews(planId, request, new Date().toISOString());
    setFailure(null);
    setPending((now) => new Map([...now, ...mine]));
    try {
      await mutateAsync(request);
      return true;
    } catch (error) {
      setFailure({ request, error });
      return false;
    } finally {
      // A newer decision on the same row stays until its own answer.
      setPending((now) => new Map([...now].filter(([siteId, review]) => mine.get(siteId) !== review)));
    }
  };
  return { pending, failure, send, forgetFailure: () => setFailure(null) };
}

function Summary({ detail }: { readonly detail: PlanDetailJson }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { summary } = detail.plan;
  if (!summary) return <>{t('review.subtitle')}</>;
  return (
    <span data-testid="review-summary">
      {t('review.summary', {
        sites: formatCount(summary.sites, language),
        cost: formatMoney(summary.costCny, language),
        share: formatShare(askedShare(summary).coveredShare, language),
        target: formatShare(summary.targetShare, language),
      })}
    </span>
  );
}
