// A link budget line by line, from transmit power to margin.
import { Button, Spin } from 'antd';
import { useTranslation } from 'react-i18next';
import type { LonLat } from '../../../engine/index.ts';
import type { LinkBudgetJson } from '../../../server/contract/plans.ts';
import { formatPosition } from '../../format/coordinates.ts';
import { formatDistance } from '../../format/measures.ts';
import { formatNumber, realMinus } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { askLinkBudgetTo } from '../../state/focus.ts';

export interface LinkBudgetTableProps {
  readonly budget: LinkBudgetJson | null;
  readonly isLoading: boolean;
  readonly receiver: LonLat | null;
}

export function LinkBudgetTable({ budget, isLoading, receiver }: LinkBudgetTableProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <div className="link-budget" data-testid="link-budget" aria-busy={isLoading}>
      <p className="soft">
        {receiver === null
          ? t('plan.card.linkBudgetFar')
          : t('plan.card.linkBudgetTo', { position: formatPosition(receiver) })}
        {receiver === null ? null : (
          <Button type="link" size="small" onClick={() => askLinkBudgetTo(null)}>
            {t('plan.card.linkBudgetReset')}
          </Button>
        )}
      </p>
      {budget === null ? (
        isLoading ? (
          <Spin size="small" />
        ) : (
          <p className="soft">{t('plan.card.noBudget')}</p>
        )
      ) : (
        <>
          <p>
            {t('plan.card.distance', {
              distance: formatDistance(budget.distanceM, language),
              model: budget.model,
              state: t(`plan.card.los.${budget.state}`),
            })}
            {' · '}
            {t('plan.card.sigma', { value: formatNumber(budget.sigmaDb, language, 1) })}
          </p>
          <table>
            <tbody>
              {budget.lines.map((line) => (
                <tr key={line.key} className={emphasised.has(line.key) ? 'strong' : ''}>
                  <th scope="row">{t(`plan.budgetLine.${line.key}`, { defaultValue: line.key })}</th>
                  <td>{realMinus(formatNumber(line.value, language, 1))}</td>
                  <td>{line.unit}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      <p className="soft">{t('plan.card.linkBudgetHint')}</p>
    </div>
  );
}

const emphasised: ReadonlySet<string> = new Set(['level', 'margin', 'probability']);
