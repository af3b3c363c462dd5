// What can be done with the plan on the screen: details, export and review, or keeping a preview as a plan.
import { CloseOutlined } from '@ant-design/icons';
import { App, Button, Popover, Tooltip } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { describeError } from '../../api/fetch-reply.ts';
import { useCreatePlan } from '../../api/plans.ts';
import { useLanguage } from '../../format/use-language.ts';
import { LinkButton } from '../../parts/link-button.tsx';
import { useNarrow } from '../../parts/use-narrow.ts';
import { clearFocus, focusPlan } from '../../state/focus.ts';
import { jobStore, watchJob } from '../../state/job.ts';
import { useStore } from '../../state/make-store.ts';
import { closePreview, previewStore } from '../../state/preview.ts';
import { previewRequestOf } from '../../state/preview-request.ts';
import { useMay } from '../../state/session.ts';
import type { ShownPlan } from '../../state/shown-plan.ts';
import { viewStore } from '../../state/view.ts';
import { PlanHistory } from '../audit/plan-history.tsx';
import { ExportMenu } from './export-menu.tsx';
import { PlanDetails } from './plan-details.tsx';

export function PlanActions({ shown }: { readonly shown: ShownPlan }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const create = useCreatePlan();
  const jobPlanId = useStore(jobStore, (job) => job.planId);
  // between a click and its result the rows on the screen are those of the plan before
  const isMoving = useStore(previewStore, ({ stage }) => stage !== 'ready');
  const { plan } = shown;
  const planId = plan?.id ?? null;
  const may = {
    create: useMay('plan:create'),
    review: useMay('review:read'),
    submit: useMay('batch:submit'),
  };

  const keepPreview = () => {
    const { request, shownChoice, result } = previewStore.get();
    if (request === null || shownChoice === null || result === null) return;
    create.mutate(previewRequestOf(request, shownChoice, result), {
      onSuccess: (made) => {
        watchJob(made);
        viewStore.set({ leftOpen: true, leftTab: 'setup' });
      },
      onError: (error) => void message.error(describeError(error, language).message),
    });
  };

  return (
    <div className="plan-actions">
      <DetailsButton shown={shown} />
      {plan === null ? (
        !may.create ? null : (
          <Tooltip title={t('coverage.previewSaveHint')}>
            <Button
              size="small"
              type="primary"
              loading={create.isPending}
              disabled={jobPlanId !== null || isMoving}
              onClick={keepPreview}
              data-testid="preview-keep"
            >
              {t('coverage.previewSave')}
            </Button>
          </Tooltip>
        )
      ) : (
        <>
          <PlanHistory plan={plan} />
          <ExportMenu plan={plan} />
          {may.submit ? (
            <LinkButton
              to={`/batches?from=${encodeURIComponent(plan.id)}`}
              size="small"
              data-testid="plan-submit"
            >
              {t('batches.act.submit')}
            </LinkButton>
          ) : null}
          {may.review ? (
            <LinkButton
              to={`/plans/${encodeURIComponent(plan.id)}/review`}
              size="small"
              type="primary"
              data-testid="plan-review"
            >
              {t('plan.actions.review')}
            </LinkButton>
          ) : null}
        </>
      )}
      <Tooltip title={t(planId === null ? 'coverage.previewClose' : 'plan.actions.close')}>
        <Button
          size="small"
          type="text"
          icon={<CloseOutlined />}
          aria-label={t(planId === null ? 'coverage.previewClose' : 'plan.actions.close')}
          onClick={() => {
            if (planId === null) closePreview();
            else focusPlan(null);
            clearFocus();
          }}
          data-testid="plan-close"
        />
      </Tooltip>
    </div>
  );
}

function DetailsButton({ shown }: { readonly shown: ShownPlan }) {
  const { t } = useTranslation();
  const isNarrow = useNarrow(640);
  const [isOpen, setOpen] = useState(false);
  // Escape closes what was opened last: before the workspace hears of it and closes the card.
  useEffect(() => {
    if (!isOpen) return;
    const listen = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopImmediatePropagation();
      setOpen(false);
    };
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, [isOpen]);
  return (
    <Popover
      trigger="click"
      open={isOpen}
      onOpenChange={setOpen}
      placement={isNarrow ? 'bottom' : 'bottomRight'}
      // beside its button in the document, so that Tab leads from one into the other
      getPopupContainer={(button) => button.parentElement ?? document.body}
      content={<PlanDetails shown={shown} />}
    >
      <Button size="small" aria-expanded={isOpen} data-testid="plan-details">
        {t('plan.details')}
      </Button>
    </Popover>
  );
}
