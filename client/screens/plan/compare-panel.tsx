// Figures of several plans side by side, each with its difference to the first one.
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PlanJson, PlanSummaryJson } from '../../../server/contract/plans.ts';
import type { Language } from '../../format/language.ts';
import { formatMoney, formatMoneyDifference } from '../../format/money.ts';
import { formatCount, formatCountDifference, formatShare, formatSharePoints } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { formatGap } from './certificate-words.ts';

interface Line {
  readonly name: string;
  readonly value: (summary: PlanSummaryJson) => number | null;
  readonly format: (value: number | null, language: Language) => string;
  readonly difference: (value: number, language: Language) => string;
}

const lines: readonly Line[] = [
  { name: 'sites', value: (s) => s.sites, format: formatCount, difference: formatCountDifference },
  { name: 'cost', value: (s) => s.costCny, format: formatMoney, difference: formatMoneyDifference },
  {
    name: 'gap',
    value: (s) => s.certificate?.gap ?? null,
    format: (value, language) => (value === null ? '—' : formatGap(value, language)),
    difference: formatSharePoints,
  },
  { name: 'covered', value: (s) => s.coveredShare, format: formatShare, difference: formatSharePoints },
  { name: 'binary', value: (s) => s.coveredShareBinary, format: formatShare, difference: formatSharePoints },
  { name: 'existing', value: (s) => s.existingShare, format: formatShare, difference: formatSharePoints },
  { name: 'people', value: (s) => s.coveredPeople, format: formatCount, difference: formatCountDifference },
  { name: 'candidates', value: (s) => s.candidates, format: formatCount, difference: formatCountDifference },
  { name: 'bins', value: (s) => s.bins, format: formatCount, difference: formatCountDifference },
];

export interface ComparePanelProps {
  readonly plans: readonly PlanJson[];
  readonly onClear: () => void;
}

export function ComparePanel({ plans, onClear }: ComparePanelProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const first = plans[0]?.summary ?? null;
  return (
    <section className="compare" data-testid="compare">
      <header>
        <h2>{t('plan.list.compareTitle', { count: plans.length })}</h2>
        <Button size="small" onClick={onClear}>
          {t('plan.list.clear')}
        </Button>
      </header>
      <div className="compare-scroll">
        <table>
          <thead>
            <tr>
              <th />
              {plans.map((plan) => (
                <th key={plan.id} scope="col">
                  {plan.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.name}>
                <th scope="row">{t(`plan.figures.${line.name}`)}</th>
                {plans.map((plan, index) => {
                  const value = plan.summary === null ? null : line.value(plan.summary);
                  const base = first === null ? null : line.value(first);
                  return (
                    <td key={plan.id}>
                      {line.format(value, language)}
                      {index > 0 && value !== null && base !== null && value !== base ? (
                        <small title={t('plan.list.difference')}>
                          {line.difference(value - base, language)}
                        </small>
                      ) : null}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
