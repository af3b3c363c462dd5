// Open, review, export, copy, cancel or delete one plan of the list.
import { App, Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { PlanJson } from '../../../server/contract/plans.ts';
import { describeError } from '../../api/fetch-reply.ts';
import { useCancelPlan, useDeletePlan } from '../../api/plans.ts';
import { useLanguage } from '../../format/use-language.ts';
import { focusPlan, focusSite, focusStore } from '../../state/focus.ts';
import { copyPlanToForm } from '../../state/plan-form.ts';
import { showPreview } from '../../state/preview.ts';
import { useMay } from '../../state/session.ts';
import { viewStore } from '../../state/view.ts';
import { ExportMenu } from './export-menu.tsx';

export function PlanRowActions({ plan }: { readonly plan: PlanJson }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const cancel = useCancelPlan();
  const remove = useDeletePlan();
  const fail = (error: unknown) => void message.error(describeError(error, language).message);
  const isRunning = plan.state === 'queued' || plan.state === 'running';
  const may = { create: useMay('plan:create'), update: useMay('plan:update'), review: useMay('review:read') };
  return (
    <div className="row-actions">
      {plan.state === 'done' ? (
        <>
          <Button
            size="small"
            type="primary"
            ghost
            onClick={() => {
              openPlan(plan.id);
              void navigate(`/?plan=${encodeURIComponent(plan.id)}`);
            }}
            data-testid="plan-open"
          >
            {t('plan.actions.open')}
          </Button>
          {may.review ? (
            <Button
              size="small"
              onClick={() => void navigate(`/plans/${encodeURIComponent(plan.id)}/review`)}
              data-testid="plan-to-review"
            >
              {t('plan.actions.review')}
            </Button>
          ) : null}
          <ExportMenu plan={plan} />
        </>
      ) : null}
      {may.create ? (
        <Button
          size="small"
          onClick={() => {
            copyPlanToForm(plan);
            viewStore.set({ leftOpen: true, leftTab: 'setup' });
            void message.info(t('plan.copiedToForm'));
            void navigate('/');
          }}
          data-testid="plan-copy"
        >
          {t('plan.actions.copy')}
        </Button>
      ) : null}
      {!may.update ? null : isRunning ? (
        <Button
          size="small"
          danger
          loading={cancel.isPending}
          onClick={() => cancel.mutate(plan.id, { onError: fail })}
        >
          {t('plan.actions.cancel')}
        </Button>
      ) : plan.office.state !== '草稿' ? null : (
        <Popconfirm
          title={t('plan.deleteAsk', { name: plan.name })}
          okText={t('shell.delete')}
          okButtonProps={{ danger: true, 'data-testid': 'plan-delete-confirm' }}
          onConfirm={() =>
            remove.mutate(plan.id, {
              onError: fail,
              onSuccess: () => {
                if (focusStore.get().planId === plan.id) focusPlan(null);
                void message.success(t('plan.deleted', { name: plan.name }));
              },
            })
          }
        >
          <Button size="small" danger type="text" loading={remove.isPending} data-testid="plan-delete">
            {t('plan.actions.delete')}
          </Button>
        </Popconfirm>
      )}
    </div>
  );
}

/** Puts a plan on the map, whole, with its sites in the table. */
export function openPlan(planId: string): void {
  showPreview(false);
  focusSite(null);
  focusPlan(planId);
  viewStore.set({ centre: null, bottomTab: 'items', bottomOpen: true });
}
