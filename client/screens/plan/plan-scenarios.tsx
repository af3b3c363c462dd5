// A robust plan in each of its scenarios: what it covers there, and what being safe costs against a plan for that scenario alone.
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { BASE_SCENARIO } from '../../../engine/index.ts';
import { formatWan } from '../../format/money.ts';
import { formatShare } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import type { ShownPlan } from '../../state/shown-plan.ts';
import { useScenarioWords } from './use-scenario-words.ts';

export function PlanScenarios({ shown }: { readonly shown: ShownPlan }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const nameOf = useScenarioNames(shown);
  const { scenarios } = shown.summary;
  if (scenarios.length === 0) return null;
  const isCompared = scenarios.some(({ aloneCostCny }) => aloneCostCny !== null);
  return (
    <section className="plan-proof" data-testid="plan-scenarios">
      <h4>{t('scenarios.totals.title')}</h4>
      <table>
        <thead>
          <tr>
            {(['scenario', 'share', 'cost', 'alone', 'extra'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`scenarios.totals.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {scenarios.map(({ id, coveredShare, reached, costCny, aloneCostCny }) => (
            <tr key={id} data-scenario={id} data-reached={reached}>
              <th scope="row">
                {nameOf(id)} {reached ? null : <Tag color="red">{t('scenarios.totals.failed')}</Tag>}
              </th>
              <td data-tone={reached ? 'good' : 'bad'}>{formatShare(coveredShare, language)}</td>
              <td>{formatWan(costCny, language)}</td>
              <td>{aloneCostCny === null ? '—' : formatWan(aloneCostCny, language)}</td>
              <td>{aloneCostCny === null ? '—' : formatWan(costCny - aloneCostCny, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {isCompared ? <small className="soft">{t('scenarios.totals.note')}</small> : null}
    </section>
  );
}

/** Words for the ids in the summary. */
export function useScenarioNames({ scenarios }: Pick<ShownPlan, 'scenarios'>): (id: string) => string {
  const { t } = useTranslation();
  const wordsOf = useScenarioWords();
  return (id) => {
    if (id === BASE_SCENARIO) return t('scenarios.base');
    const scenario = scenarios.find((one) => one.id === id);
    return scenario === undefined ? id : wordsOf(scenario);
  };
}
