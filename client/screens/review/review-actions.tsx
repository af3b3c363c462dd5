// What can be done with the whole list: plan again, compare with the plan before, take it along as a file, see the map.
import { DownloadOutlined, EnvironmentOutlined, ReloadOutlined, SwapOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { PlanDetailJson, PlanItemJson } from '../../../server/contract/plans.ts';
import { formatFileStamp } from '../../format/dates.ts';
import { LinkButton } from '../../parts/link-button.tsx';
import { saveTextFile } from '../../parts/save-file.ts';
import { focusPlan } from '../../state/focus.ts';
import { useMay } from '../../state/session.ts';
import { PlanHistory } from '../audit/plan-history.tsx';
import type { SiteWords } from '../sites/use-site-words.ts';
import { CompareDialog } from './compare-plans.tsx';
import { ReplanDialog } from './replan-dialog.tsx';
import { reviewCsv } from './review-csv.ts';
import type { ReviewHint } from './review-hints.ts';

export interface ReviewActionsProps {
  readonly detail: PlanDetailJson;
  readonly rows: readonly PlanItemJson[];
  readonly shown: readonly PlanItemJson[];
  readonly hints: ReadonlyMap<string, readonly ReviewHint[]>;
  readonly words: SiteWords;
}

export function ReviewActions({ detail, rows, shown, hints, words }: ReviewActionsProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [open, setOpen] = useState<'replan' | 'compare' | null>(null);
  const { plan } = detail;
  const may = {
    export: useMay('plan:export'),
    create: useMay('plan:create'),
    submit: useMay('batch:submit'),
  };
  return (
    <>
      <Button
        icon={<EnvironmentOutlined />}
        data-testid="review-to-map"
        onClick={() => {
          focusPlan(plan.id);
          navigate(`/?plan=${encodeURIComponent(plan.id)}`);
        }}
      >
        {t('review.toMap')}
      </Button>
      <PlanHistory plan={plan} size="middle" />
      {may.export ? (
        <Button
          icon={<DownloadOutlined />}
          data-testid="review-export"
          onClick={() =>
            saveTextFile(
              `${plan.name}-${t('review.title')}-${formatFileStamp(new Date())}.csv`,
              reviewCsv(shown, hints, words, t),
              'text/csv;charset=utf-8',
            )
          }
        >
          {t('review.export')}
        </Button>
      ) : null}
      {plan.basedOnPlanId === null ? null : (
        <Button icon={<SwapOutlined />} onClick={() => setOpen('compare')} data-testid="review-compare">
          {t('review.difference')}
        </Button>
      )}
      {may.submit ? (
        <LinkButton to={`/batches?from=${encodeURIComponent(plan.id)}`} data-testid="review-submit">
          {t('batches.act.submit')}
        </LinkButton>
      ) : null}
      {may.create ? (
        <Button
          type="primary"
          icon={<ReloadOutlined />}
          onClick={() => setOpen('replan')}
          data-testid="review-replan"
        >
          {t('review.replan')}
        </Button>
      ) : null}
      {open === 'replan' ? <ReplanDialog plan={plan} rows={rows} onClose={() => setOpen(null)} /> : null}
      {open === 'compare' && plan.basedOnPlanId !== null ? (
        <CompareDialog beforeId={plan.basedOnPlanId} afterId={plan.id} onClose={() => setOpen(null)} />
      ) : null}
    </>
  );
}
