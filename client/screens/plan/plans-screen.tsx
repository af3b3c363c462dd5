// All plans with their figures side by side; tick some to compare them with the first one ticked.
import { App, Button, Empty, Popconfirm, Spin, Table, Tag, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { PlanJson } from '../../../server/contract/plans.ts';
import { describeError } from '../../api/fetch-reply.ts';
import { useCancelPlan, useDeletePlan, usePlans } from '../../api/plans.ts';
import { formatDateTime } from '../../format/dates.ts';
import { inLanguage } from '../../format/language.ts';
import { formatDuration, formatLevel } from '../../format/measures.ts';
import { formatWan } from '../../format/money.ts';
import { formatCount, formatShare } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Page } from '../../parts/page.tsx';
import { focusPlan, focusSite, focusStore } from '../../state/focus.ts';
import { copyPlanToForm } from '../../state/plan-form.ts';
import { showPreview } from '../../state/preview.ts';
import { viewStore } from '../../state/view.ts';
import { ComparePanel } from './compare-panel.tsx';
import { ExportMenu } from './plan-header.tsx';
import { stateColours, statusColours } from './plan-status.ts';
import './plan.css';

export function PlansScreen() {
  const { t } = useTranslation();
  const language = useLanguage();
  const plans = usePlans();
  const [chosenIds, setChosenIds] = useState<readonly string[]>([]);
  const rows = plans.data ?? [];
  const chosen = chosenIds.flatMap((id) => rows.find((plan) => plan.id === id) ?? []);
  return (
    <Page title={t('plan.list.title')} subtitle={t('plan.list.subtitle')} width="wide" testId="plans-screen">
      {plans.error ? (
        <ErrorNote
          {...describeError(plans.error, language)}
          retryLabel={t('shell.retry')}
          onRetry={() => void plans.refetch()}
        />
      ) : null}
      {plans.isLoading ? (
        <Spin />
      ) : rows.length === 0 && !plans.error ? (
        <Empty description={t('plan.list.empty')}>
          <p className="soft">{t('plan.list.emptyHint')}</p>
          <Link to="/">
            <Button type="primary">{t('plan.list.toMap')}</Button>
          </Link>
        </Empty>
      ) : (
        <>
          <PlansTable rows={rows} chosenIds={chosenIds} onChoose={setChosenIds} />
          {chosen.length >= 2 ? (
            <ComparePanel plans={chosen} onClear={() => setChosenIds([])} />
          ) : rows.length >= 2 ? (
            <p className="soft">{t('plan.list.compare')}</p>
          ) : null}
        </>
      )}
    </Page>
  );
}

interface PlansTableProps {
  readonly rows: readonly PlanJson[];
  readonly chosenIds: readonly string[];
  readonly onChoose: (ids: readonly string[]) => void;
}

function PlansTable({ rows, chosenIds, onChoose }: PlansTableProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const openId = focusStore.get().planId;
  return (
    <Table<PlanJson>
      size="small"
      rowKey="id"
      dataSource={[...rows]}
      pagination={rows.length > 50 ? { pageSize: 50 } : false}
      scroll={{ x: 1395 }}
      showSorterTooltip={false}
      data-testid="plans-table"
      rowSelection={{
        selectedRowKeys: [...chosenIds],
        onChange: (keys) => onChoose(keys.map(String)),
        getCheckboxProps: (plan) => ({ disabled: plan.summary === null }),
        columnWidth: 40,
      }}
      rowClassName={(plan) => (plan.id === openId ? 'row-focus' : '')}
      columns={[
        {
          key: 'name',
          title: t('plan.columns.name'),
          width: 225,
          fixed: 'left',
          render: (_, plan) => <PlanName plan={plan} />,
        },
        {
          key: 'state',
          title: t('plan.columns.state'),
          width: 100,
          render: (_, plan) => <PlanStateTags plan={plan} />,
        },
        {
          key: 'sites',
          title: t('plan.figures.sites'),
          width: 90,
          align: 'right',
          sorter: (a, b) => (a.summary?.sites ?? 0) - (b.summary?.sites ?? 0),
          render: (_, plan) => formatCount(plan.summary?.sites ?? null, language),
        },
        {
          key: 'cost',
          title: t('plan.columns.planCost'),
          width: 105,
          align: 'right',
          sorter: (a, b) => (a.summary?.costCny ?? 0) - (b.summary?.costCny ?? 0),
          render: (_, plan) => (plan.summary === null ? '—' : formatWan(plan.summary.costCny, language)),
        },
        {
          key: 'share',
          title: t('plan.columns.share'),
          width: 120,
          align: 'right',
          sorter: (a, b) => (a.summary?.coveredShare ?? 0) - (b.summary?.coveredShare ?? 0),
          render: (_, plan) => {
            if (plan.summary === null) return '—';
            const { coveredShare, targetShare } = plan.summary;
            return `${formatShare(coveredShare, language)} / ${formatShare(targetShare, language, 0)}`;
          },
        },
        {
          key: 'rule',
          title: t('plan.columns.rule'),
          width: 205,
          ellipsis: true,
          render: (_, { request, summary }) =>
            [
              request.ruleWord,
              summary === null ? '' : `≥ ${formatLevel(summary.thresholdDbm, language)}`,
              request.profileId,
            ]
              .filter((text) => text !== '')
              .join(' · '),
        },
        {
          key: 'seconds',
          title: t('plan.columns.seconds'),
          width: 70,
          align: 'right',
          render: (_, plan) => formatDuration(plan.seconds, language),
        },
        {
          key: 'created',
          title: t('plan.columns.created'),
          width: 130,
          defaultSortOrder: 'descend',
          sorter: (a, b) => a.createdAt.localeCompare(b.createdAt),
          render: (_, plan) => formatDateTime(plan.createdAt, language),
        },
        {
          key: 'actions',
          title: t('plan.columns.actions'),
          width: 330,
          render: (_, plan) => <PlanActions plan={plan} />,
        },
      ]}
    />
  );
}

function PlanName({ plan }: { readonly plan: PlanJson }) {
  const { t } = useTranslation();
  return (
    <div className="plan-cell">
      {plan.state === 'done' ? (
        <Link to={`/?plan=${encodeURIComponent(plan.id)}`} onClick={() => openPlan(plan.id)}>
          {plan.name}
        </Link>
      ) : (
        <span>{plan.name}</span>
      )}
      <small>
        {plan.basedOnPlanId === null ? '' : `${t('plan.list.basedOn')} · `}
        {plan.fingerprint === null ? t('plan.list.notDone') : plan.fingerprint.slice(0, 12)}
      </small>
    </div>
  );
}

function PlanStateTags({ plan }: { readonly plan: PlanJson }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const state = <Tag color={stateColours[plan.state]}>{t(`plan.state.${plan.state}`)}</Tag>;
  if (plan.summary !== null) {
    return <Tag color={statusColours[plan.summary.status]}>{t(`plan.status.${plan.summary.status}`)}</Tag>;
  }
  if (plan.error === null) return state;
  return (
    <Tooltip title={`${inLanguage(plan.error.message, language)} ${inLanguage(plan.error.hint, language)}`}>
      {state}
    </Tooltip>
  );
}

function PlanActions({ plan }: { readonly plan: PlanJson }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const cancel = useCancelPlan();
  const remove = useDeletePlan();
  const fail = (error: unknown) => void message.error(describeError(error, language).message);
  const isRunning = plan.state === 'queued' || plan.state === 'running';
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
          <Button
            size="small"
            onClick={() => void navigate(`/plans/${encodeURIComponent(plan.id)}/review`)}
            data-testid="plan-to-review"
          >
            {t('plan.actions.review')}
          </Button>
          <ExportMenu planId={plan.id} />
        </>
      ) : null}
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
      {isRunning ? (
        <Button
          size="small"
          danger
          loading={cancel.isPending}
          onClick={() => cancel.mutate(plan.id, { onError: fail })}
        >
          {t('plan.actions.cancel')}
        </Button>
      ) : (
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

function openPlan(planId: string): void {
  showPreview(false);
  focusSite(null);
  focusPlan(planId);
  viewStore.set({ centre: null, bottomTab: 'items', bottomOpen: true });
}
