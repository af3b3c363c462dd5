// What a person can do with a site of the plan: judge it, strike it and plan again, look closer.
import { App, Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { describeError } from '../../api/fetch-reply.ts';
import { useCreatePlan } from '../../api/plans.ts';
import { useLanguage } from '../../format/use-language.ts';
import type { PlanEdit } from '../../preview/plan-edit.ts';
import { jobStore, watchJob } from '../../state/job.ts';
import { useStore } from '../../state/make-store.ts';
import { replanRequestOf } from '../../state/plan-form.ts';
import { editPreview, previewStore } from '../../state/preview.ts';
import { useMay } from '../../state/session.ts';
import type { ShownItem, ShownPlan, ShownSite } from '../../state/shown-plan.ts';
import { moveMapTo, viewStore } from '../../state/view.ts';
import { CommentsButton } from '../comments/comments-button.tsx';
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
  const [lon, lat] = site.position;
  const isNew = item?.status === 'new';
  const plan = shown.plan;
  const may = { decide: useMay('review:decide'), create: useMay('plan:create') };
  const name = t('plan.card.struckName', { name: shown.name, site: site.name || site.code });

  const strike = () => {
    if (plan === null) return;
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
      {plan !== null && isNew && may.decide ? <QuickReview planId={plan.id} siteId={site.id} /> : null}
      <div className="card-buttons">
        {plan === null ? null : (
          <CommentsButton
            about={{ noun: 'plan', objectId: plan.id, siteId: site.id }}
            name={site.name || site.code}
            size="small"
          />
        )}
        {plan === null ? (
          <PreviewEdits site={site} item={item} />
        ) : isNew && may.create ? (
          <Popconfirm
            title={t('plan.card.strikeAsk')}
            description={t('plan.card.strikeSaved', { name })}
            onConfirm={strike}
            disabled={jobPlanId !== null}
            okButtonProps={{ 'data-testid': 'strike-confirm' }}
          >
            <Button
              size="small"
              danger
              loading={create.isPending}
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

/** No question before a click: it is answered at once and can be taken back. */
function PreviewEdits({ site, item }: Pick<SiteActionsProps, 'site' | 'item'>) {
  const { t } = useTranslation();
  const isChoosing = useStore(previewStore, (preview) => preview.stage === 'choosing');
  const isLocked = useStore(previewStore, ({ choice }) => choice?.lockedSiteIds.includes(site.id) ?? false);
  const isRefused = useStore(previewStore, ({ choice }) => choice?.refusedSiteIds.includes(site.id) ?? false);
  if (site.status === 'existing' || site.status === 'unavailable') return null;
  const button = (act: PlanEdit['act'], label: string, danger = false) => (
    <Button
      size="small"
      danger={danger}
      disabled={isChoosing}
      onClick={() => editPreview({ act, siteId: site.id })}
      data-testid={act}
    >
      {t(label)}
    </Button>
  );
  return (
    <>
      {item === null || isRefused ? null : button('strike', 'plan.card.strike', true)}
      {isLocked
        ? button('free', 'plan.card.unlock')
        : isRefused
          ? button('free', 'plan.card.unrefuse')
          : button('lock', item === null ? 'plan.card.insistOn' : 'plan.card.lock')}
    </>
  );
}
