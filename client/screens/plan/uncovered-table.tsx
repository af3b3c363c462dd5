// The uncovered patches, largest first, each with its reason.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { UncoveredPatchJson } from '../../../server/contract/plans.ts';
import { formatArea } from '../../format/measures.ts';
import { formatCount } from '../../format/numbers.ts';
import { reasonColours } from '../../format/reason-colours.ts';
import { useLanguage } from '../../format/use-language.ts';
import { focusPatch, focusStore } from '../../state/focus.ts';
import { useStore } from '../../state/make-store.ts';
import { useShownPlan } from '../../state/shown-plan.ts';
import { moveMapTo } from '../../state/view.ts';
import { NeedPlan } from './need-plan.tsx';
import { PlanTable } from './plan-table.tsx';

const keyOf = (patch: UncoveredPatchJson) => String(patch.id);

export function UncoveredTable() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { shown } = useShownPlan();
  const focusId = useStore(focusStore, (focus) => focus.patchId);
  const rows = useMemo(() => [...(shown?.uncovered ?? [])].sort((a, b) => b.areaM2 - a.areaM2), [shown]);
  if (shown === null) return <NeedPlan />;
  return (
    <PlanTable<UncoveredPatchJson>
      testId="uncovered-table"
      rows={rows}
      keyOf={keyOf}
      focusKey={focusId === null ? null : String(focusId)}
      onOpen={({ id, position: [lon, lat] }) => {
        focusPatch(id);
        if (lon !== undefined && lat !== undefined) moveMapTo([lon, lat]);
      }}
      empty={t('plan.uncoveredEmpty')}
      columns={[
        { key: 'id', title: '#', width: 64, align: 'right', render: (_, patch) => patch.id },
        {
          key: 'reason',
          title: t('plan.columns.reason'),
          width: 240,
          filters: Object.keys(reasonColours).map((reason) => ({
            value: reason,
            text: t(`coverage.reasons.${reason}`),
          })),
          onFilter: (value, patch) => patch.reason === value,
          render: (_, { reason }) => (
            <span className="reason-tag">
              <i className="dot" style={{ background: reasonColours[reason] }} />
              {t(`coverage.reasons.${reason}`)}
            </span>
          ),
        },
        {
          key: 'area',
          title: t('plan.columns.area'),
          width: 120,
          align: 'right',
          sorter: (a, b) => a.areaM2 - b.areaM2,
          render: (_, patch) => formatArea(patch.areaM2 / 1e6, language),
        },
        {
          key: 'bins',
          title: t('plan.columns.bins'),
          width: 90,
          align: 'right',
          render: (_, patch) => formatCount(patch.bins, language),
        },
        {
          key: 'people',
          title: t('plan.columns.people'),
          width: 100,
          align: 'right',
          sorter: (a, b) => (a.people ?? 0) - (b.people ?? 0),
          render: (_, patch) => formatCount(patch.people, language),
        },
        {
          key: 'reachable',
          title: t('plan.columns.reachable'),
          width: 110,
          align: 'right',
          render: (_, patch) => formatCount(patch.reachableBySiteIds.length, language),
        },
      ]}
    />
  );
}
