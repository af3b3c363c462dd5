// A search while it runs: what it does, the cheapest plan and the bound so far, their course as a curve, and the two ways to end
// it. Shown in the set-up and in the re-plan dialog.
import { CheckOutlined } from '@ant-design/icons';
import { App, Button, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PlanJson } from '../../../server/contract/plans.ts';
import { describeError } from '../../api/fetch-reply.ts';
import { useCancelPlan, useEnoughPlan } from '../../api/plans.ts';
import { formatMoney } from '../../format/money.ts';
import { useLanguage } from '../../format/use-language.ts';
import { CourseCurve } from '../../parts/course-curve.tsx';
import { jobStore } from '../../state/job.ts';
import { useStore } from '../../state/make-store.ts';
import { gapOf } from '../../state/search-course.ts';
import { formatGap } from './certificate-words.ts';
import './plan.css';

/** Draws nothing before the first plan of the search. */
export function SearchProgress() {
  const { t } = useTranslation();
  const language = useLanguage();
  const course = useStore(jobStore, (job) => job.course);
  const progress = useStore(jobStore, (job) => job.latest?.progress ?? null);
  const last = course.at(-1);
  if (progress?.step !== 'selection') return null;
  const stage = progress.stage === undefined ? null : t(`proof.search.stage.${progress.stage}`);
  if (last === undefined) return stage === null ? null : <p className="search-stage">{stage}</p>;
  const cost = formatMoney(last.costCny, language);
  const bound = formatMoney(last.boundCny, language);
  const gap = gapOf(last);
  return (
    <div className="search-progress" data-testid="search-progress" data-stage={progress.stage}>
      <p className="search-stage">
        <strong>{stage}</strong>
        <span data-testid="search-gap">
          {gap === null ? t('proof.search.noGap') : t('proof.search.gap', { gap: formatGap(gap, language) })}
        </span>
      </p>
      <CourseCurve
        title={t(last.boundCny === null ? 'proof.search.curveNoBound' : 'proof.search.curve', {
          cost,
          bound,
        })}
        upper={course.map((point) => point.costCny)}
        lower={course.map((point) => point.boundCny)}
      />
      <dl className="search-figures">
        <div className="upper">
          <dt>{t('proof.search.cost')}</dt>
          <dd data-testid="search-cost">{cost}</dd>
        </div>
        {last.boundCny === null ? null : (
          <div className="lower">
            <dt>{t('proof.search.bound')}</dt>
            <dd data-testid="search-bound">{bound}</dd>
          </div>
        )}
      </dl>
    </div>
  );
}

/** Enough, or nothing at all. */
export function SearchButtons({ plan }: { readonly plan: PlanJson }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const cancel = useCancelPlan();
  const enough = useEnoughPlan();
  const isChoosing = plan.progress?.step === 'selection';
  const hasPlan = isChoosing && plan.progress?.costCny != null;
  const isEnding = enough.isSuccess && enough.variables === plan.id;
  const onError = (error: unknown) => void message.error(describeError(error, language).message);
  return (
    <div className="search-buttons">
      {isChoosing || isEnding ? (
        <Tooltip title={t(hasPlan || isEnding ? 'proof.search.enoughHint' : 'proof.search.enoughEarly')}>
          <Button
            size="small"
            icon={<CheckOutlined />}
            disabled={!hasPlan || isEnding}
            loading={enough.isPending}
            onClick={() => enough.mutate(plan.id, { onError })}
            data-testid="job-enough"
          >
            {t(isEnding ? 'proof.search.ending' : 'proof.search.enough')}
          </Button>
        </Tooltip>
      ) : null}
      <Button
        size="small"
        danger
        loading={cancel.isPending}
        onClick={() => cancel.mutate(plan.id, { onError })}
        data-testid="job-cancel"
      >
        {t('proof.search.cancel')}
      </Button>
    </div>
  );
}
