// A link budget line by line, from transmit power to margin, in the order of the way.
import { useTranslation } from 'react-i18next';
import type { LinkBudget } from '../../../engine/index.ts';
import { formatDistance } from '../../format/measures.ts';
import { formatNumber, realMinus } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';

export function LinkBudgetTable({ budget }: { readonly budget: LinkBudget }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <div className="link-budget" data-testid="link-budget">
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
        {groupsOf(budget).map(({ group, lines }) => (
          <tbody key={group}>
            <tr className="group">
              <th scope="rowgroup" colSpan={3}>
                {t(`link.group.${group}`)}
              </th>
            </tr>
            {lines.map((line) => (
              <tr key={line.key} className={emphasised.has(line.key) ? 'strong' : ''}>
                <th scope="row">{t(`plan.budgetLine.${line.key}`, { defaultValue: line.key })}</th>
                <td>{realMinus(formatNumber(line.value, language, 1, 1))}</td>
                <td>{line.unit}</td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

/** Which lines stand together; a line the table does not know stands with what is heard. */
const groups = [
  ['sent', ['totalPower', 'perElement', 'antennaGain', 'trafficGain', 'feederLoss', 'eirp']],
  ['path', ['patternLoss', 'pathLoss', 'terrainLoss']],
  ['heard', ['level', 'threshold', 'margin', 'probability']],
  ['noise', ['noise', 'noiseMargin', 'uplinkMargin']],
  ['indoor', ['indoorLossLow', 'indoorLevelLow', 'indoorLossHigh', 'indoorLevelHigh']],
] as const;
const groupOfKey: ReadonlyMap<string, string> = new Map(
  groups.flatMap(([group, keys]) => keys.map((key) => [key, group] as const)),
);

function groupsOf({ lines }: LinkBudget) {
  return groups
    .map(([group]) => ({
      group,
      lines: lines.filter((line) => (groupOfKey.get(line.key) ?? 'heard') === group),
    }))
    .filter((each) => each.lines.length > 0);
}

const emphasised: ReadonlySet<string> = new Set(['level', 'margin', 'probability']);
