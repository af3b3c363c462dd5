// Rows of recent plans that wait for a judgement (reviewers), or came back with one (planners). The store shows each their own.
import { useTranslation } from 'react-i18next';
import { usePlans, useReviewRows } from '../../api/plans.ts';
import { formatCount } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { plansInReview, type ReviewCounts, reviewCounts } from './home-tasks.ts';
import { TaskCard } from './task-card.tsx';

export function ReviewCard() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { rows, isKnown, error } = useCounts();
  const waiting = rows.filter(({ counts }) => counts.left > 0);
  return (
    <TaskCard
      kind="review"
      count={isKnown ? waiting.length : null}
      error={error}
      tasks={waiting.map(({ planId, name, counts }) => ({
        key: planId,
        title: name,
        note: t('home.review.note', {
          left: formatCount(counts.left, language),
          total: formatCount(counts.total, language),
        }),
        to: reviewPath(planId),
      }))}
    />
  );
}

export function ReturnedCard() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { rows, isKnown, error } = useCounts();
  const back = rows.filter(({ counts }) => counts.returned + counts.refused > 0);
  return (
    <TaskCard
      kind="returned"
      count={isKnown ? back.reduce((sum, { counts }) => sum + counts.returned + counts.refused, 0) : null}
      error={error}
      tasks={back.map(({ planId, name, counts }) => ({
        key: planId,
        title: name,
        note: t('home.returned.note', {
          returned: formatCount(counts.returned, language),
          refused: formatCount(counts.refused, language),
        }),
        to: reviewPath(planId),
      }))}
    />
  );
}

interface CountedPlan {
  readonly planId: string;
  readonly name: string;
  readonly counts: ReviewCounts;
}

function useCounts(): { rows: CountedPlan[]; isKnown: boolean; error: unknown } {
  const plans = usePlans();
  const chosen = plansInReview(plans.data ?? []);
  const replies = useReviewRows(chosen.map((plan) => plan.id));
  const rows = chosen.flatMap(({ id, name }, index) => {
    const items = replies[index]?.data?.items;
    return items === undefined ? [] : [{ planId: id, name, counts: reviewCounts(items) }];
  });
  const error = plans.error ?? replies.find((reply) => reply.error)?.error ?? null;
  const isKnown = plans.data !== undefined && replies.every((reply) => reply.data !== undefined);
  return { rows, isKnown, error };
}

const reviewPath = (planId: string) => `/plans/${encodeURIComponent(planId)}/review`;
