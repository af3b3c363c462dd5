// The plans as rows: name and fingerprint, outcome, figures, what can be done with each.
import { Table, Tag, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PlanJson } from '../../../server/contract/plans.ts';
import { formatDateTime } from '../../format/dates.ts';
import { inLanguage } from '../../format/language.ts';
import { formatDuration, formatLevel } from '../../format/measures.ts';
import { formatWan } from '../../format/money.ts';
import { formatCount, formatShare } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { focusStore } from '../../state/focus.ts';
import { askedShare } from './asked-share.ts';
import { gapBadge, proofSentences } from './certificate-words.ts';
import { OfficeTag } from './office-tag.tsx';
import { openPlan, PlanRowActions } from './plan-row-actions.tsx';
import { stateColours, statusColours } from './plan-status.ts';

interface PlansTableProps {
  readonly rows: readonly PlanJson[];
  readonly chosenIds: readonly string[];
  readonly onChoose: (ids: readonly string[]) => void;
}

export function PlansTable({ rows, chosenIds, onChoose }: PlansTableProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const openId = focusStore.get().planId;
  return (
    <Table<PlanJson>
      size="small"
      rowKey="id"
      dataSource={[...rows]}
      pagination={rows.length > 50 ? { pageSize: 50 } : false}
      scroll={{ x: 1398 }}
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
          width: 176,
          fixed: 'left',
          render: (_, plan) => <PlanName plan={plan} />,
        },
        {
          key: 'state',
          title: t('plan.columns.state'),
          width: 92,
          render: (_, plan) => <PlanStateTags plan={plan} />,
        },
        {
          key: 'office',
          title: t('office.column'),
          width: 118,
          render: (_, plan) => <PlanOfficeCell plan={plan} />,
        },
        {
          key: 'sites',
          title: t('plan.figures.sites'),
          width: 88,
          align: 'right',
          sorter: (a, b) => (a.summary?.sites ?? 0) - (b.summary?.sites ?? 0),
          render: (_, plan) => formatCount(plan.summary?.sites ?? null, language),
        },
        {
          key: 'cost',
          title: t('plan.columns.planCost'),
          width: 102,
          align: 'right',
          sorter: (a, b) => (a.summary?.costCny ?? 0) - (b.summary?.costCny ?? 0),
          render: (_, plan) => (plan.summary === null ? '—' : formatWan(plan.summary.costCny, language)),
        },
        {
          key: 'share',
          title: t('plan.columns.share'),
          width: 110,
          align: 'right',
          sorter: (a, b) => shareOf(a) - shareOf(b),
          render: (_, plan) => {
            if (plan.summary === null) return '—';
            const { servers, targetShare } = plan.summary;
            const shares = `${formatShare(shareOf(plan), language)} / ${formatShare(targetShare, language, 0)}`;
            return servers === null ? (
              shares
            ) : (
              <Tooltip title={t('plan.figures.serversOf', { least: servers.least })}>{shares}*</Tooltip>
            );
          },
        },
        {
          key: 'gap',
          title: <Tooltip title={t('proof.columnHint')}>{t('proof.column')}</Tooltip>,
          width: 75,
          align: 'right',
          sorter: (a, b) => gapRank(a) - gapRank(b),
          render: (_, plan) => <PlanGap plan={plan} />,
        },
        {
          key: 'rule',
          title: t('plan.columns.rule'),
          width: 126,
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
          width: 72,
          align: 'right',
          render: (_, plan) => formatDuration(plan.seconds, language),
        },
        {
          key: 'created',
          title: t('plan.columns.created'),
          width: 124,
          defaultSortOrder: 'descend',
          sorter: (a, b) => a.createdAt.localeCompare(b.createdAt),
          render: (_, plan) => formatDateTime(plan.createdAt, language),
        },
        {
          key: 'actions',
          title: t('plan.columns.actions'),
          width: 296,
          render: (_, plan) => <PlanRowActions plan={plan} />,
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

function PlanOfficeCell({ plan: { id, office } }: { readonly plan: PlanJson }) {
  const { t } = useTranslation();
  return (
    <div className="plan-cell">
      <Link to={`/plans/${encodeURIComponent(id)}/office`} data-testid="plan-to-office">
        <OfficeTag state={office.state} isReturned={office.isReturned} />
      </Link>
      <small>{office.documentNo ?? t(`office.type.${office.type}`)}</small>
    </div>
  );
}

/** Of the share that was asked for. */
function shareOf({ summary }: PlanJson): number {
  return summary === null ? 0 : askedShare(summary).coveredShare;
}

/** Plans without a certificate come last. */
function gapRank({ summary }: PlanJson): number {
  return summary?.certificate?.gap ?? Number.MAX_VALUE;
}

function PlanGap({ plan: { summary } }: { readonly plan: PlanJson }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const badge = summary === null ? null : gapBadge(summary.certificate, language);
  if (summary === null || badge === null) return '—';
  const [sentence] = proofSentences(summary, language);
  return (
    <Tooltip title={sentence === undefined ? '' : t(`proof.certificate.${sentence.key}`, sentence.values)}>
      <span data-testid="plan-gap">
        {badge.key === 'optimal' ? t('proof.columnOptimal') : `≤ ${badge.gap}`}
      </span>
    </Tooltip>
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
