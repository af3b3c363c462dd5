// In the legend of a plan for several operators: who is looked at, and the colours of the sites. One operator shows its own sites, its own
// coverage and what it leaves uncovered; all sites stand on the coverage of the first.
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { operatorColour, sharedColour } from '../../format/operator-colours.ts';
import type { ShownPlan } from '../../state/shown-plan.ts';
import { viewStore } from '../../state/view.ts';
import { useOperatorName } from '../plan/use-operator-name.ts';

const ALL = '';

export function OperatorLegend({ shown: { summary, operatorId } }: { readonly shown: ShownPlan }) {
  const { t } = useTranslation();
  const nameOf = useOperatorName();
  const ids = summary.sharing?.operators.map(({ id }) => id) ?? [];
  const [first] = ids;
  if (first === undefined) return null;
  return (
    <div className="operator-legend" data-testid="operator-legend">
      <Select<string>
        size="small"
        value={operatorId ?? ALL}
        onChange={(id) => viewStore.set({ operatorId: id === ALL ? null : id })}
        options={[
          { value: ALL, label: t('operators.map.all') },
          ...ids.map((id) => ({ value: id, label: nameOf(id) })),
        ]}
        aria-label={t('operators.map.view')}
        data-testid="operator-view"
      />
      <ul className="operator-colours">
        {ids.map((id) => (
          <li key={id}>
            <i className="dot" style={{ background: operatorColour(id) }} /> {nameOf(id)}
          </li>
        ))}
        <li>
          <i className="dot" style={{ background: sharedColour }} /> {t('operators.map.shared')}
        </li>
      </ul>
      <small className="soft">{t('operators.map.note', { name: nameOf(operatorId ?? first) })}</small>
    </div>
  );
}
