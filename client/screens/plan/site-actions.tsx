// What a person can do with a site of the plan: judge it, strike it and plan again, look closer.
import { App, Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { describeError } from '../../api/fetch-reply.ts';
import { useCreatePlan } from '../../api/plans.ts';
import { useLanguage } from '../../format/use-language.ts';
import { jobStore, watchJob } from '../../state/job.ts';
import { useStore } from '../../state/make-store.ts';
import { replanRequestOf } from '../../state/plan-form.ts';
import { previewStore, strikeInPreview } from '../../state/preview.ts';
import type { ShownItem, ShownPlan, ShownSite } from '../../state/shown-plan.ts';
import { moveMapTo, viewStore } from '../../state/view.ts';
import { QuickReview } from './quick-review.tsx';

export interface SiteActionsProps {
  readonly shown: ShownPlan;
  readonly site: ShownSite;
  readonly item: ShownItem | null;
}

export function SiteActions({ shown, site, item }: SiteActionsProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const create = useCreatePlan();
  const jobPlanId = useStore(jobStore, (job) => job.planId);
  const isChoosing = useStore(previewStore, (preview) => preview.stage === 'choosing');
  const [lon, lat] = site.position;
  const isNew = item?.status === 'new';
  const plan = shown.plan;
  const name = t('plan.card.struckName', { name: shown.name, site: site.name || site.code });

  const strike = () => {
    if (plan === null) {
      strikeInPreview(site.id);
      return;
    }
    create.mutate(replanRequestOf(plan, [site.id], name), {
      onSuccess: (next) => {
        watchJob(next);
        viewStore.set({ leftOpen: true, leftTab: 'setup' });
      },
      onError: (error) => void message.error(describeError(error, language).message),
    });
  };

  return (
    <>
      {plan !== null && isNew ? <QuickReview planId={plan.id} siteId={site.id} /> : null}
      <div className="card-buttons">
        {isNew ? (
          <Popconfirm
            title={t('plan.card.strikeAsk')}
            description={plan === null ? undefined : t('plan.card.strikeSaved', { name })}
            onConfirm={strike}
            disabled={jobPlanId !== null}
            okButtonProps={{ 'data-testid': 'strike-confirm' }}
          >
            <Button
              size="small"
              danger
              loading={create.isPending || isChoosing}
              disabled={jobPlanId !== null}
              data-testid="strike"
            >
              {t('plan.card.strike')}
            </Button>
          </Popconfirm>
        ) : null}
        <Button
          size="small"
          onClick={() => {
            if (lon !== undefined && lat !== undefined) moveMapTo([lon, lat], 16.5);
          }}
        >
          {t('plan.card.zoom')}
        </Button>
      </div>
    </>
  );
}
