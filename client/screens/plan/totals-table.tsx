// Totals of the plan by target area or by district.
import { useTranslation } from 'react-i18next';
import type { AreaTotalJson } from '../../../server/contract/plans.ts';
import { formatArea } from '../../format/measures.ts';
import { formatWan } from '../../format/money.ts';
import { formatCount, formatShare } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { useShownPlan } from '../../state/shown-plan.ts';
import { NeedPlan } from './need-plan.tsx';
import { PlanTable } from './plan-table.tsx';

const keyOf = (total: AreaTotalJson) => total.id;

export function TotalsTable({ by }: { readonly by: 'areas' | 'districts' }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { shown } = useShownPlan();
  if (shown === null) return <NeedPlan />;
  const column = (key: string, width: number, render: (total: AreaTotalJson) => string) => ({
    key,
    title: t(`plan.columns.${key}`),
    width,
    align: 'right' as const,
    render: (_: unknown, total: AreaTotalJson) => render(total),
  });
  return (
    <PlanTable<AreaTotalJson>
      testId={`totals-${by}`}
      rows={shown[by]}
      keyOf={keyOf}
      focusKey={null}
      empty={t('plan.totalsEmpty')}
      columns={[
        {
          key: 'name',
          title: t('plan.columns.name'),
          width: 200,
          ellipsis: true,
          render: (_, total) => total.name,
        },
        column('area', 100, (total) => formatArea(total.areaKm2, language)),
        column('bins', 90, (total) => formatCount(total.bins, language)),
        column('newSites', 80, (total) => formatCount(total.newSites, language)),
        column('existingSites', 80, (total) => formatCount(total.existingSites, language)),
        column('cost', 120, (total) => formatWan(total.costCny, language)),
        column('existing', 90, (total) => formatShare(total.existingShare, language)),
        column('covered', 100, (total) => formatShare(total.coveredShare, language)),
        column('binary', 100, (total) => formatShare(total.coveredShareBinary, language)),
        column('people', 100, (total) => formatCount(total.people, language)),
        column('coveredPeople', 110, (total) => formatCount(total.coveredPeople, language)),
      ]}
    />
  );
}
