// Why a candidate stands where it does: every rule with what it found, what was asked for, and its points.
import { useTranslation } from 'react-i18next';
import type { MatchListJson } from '../../../server/contract/demands.ts';
import { formatNumber } from '../../format/numbers.ts';
import styles from './demands.module.css';
import { ruleColours } from './rule-colours.ts';
import type { DemandWords } from './use-demand-words.ts';

export interface MatchReasonsProps {
  readonly match: MatchListJson['matches'][number];
  readonly rules: MatchListJson['rules'];
  readonly words: DemandWords;
}

export function MatchReasons({ match, rules, words }: MatchReasonsProps) {
  const { t } = useTranslation();
  const weightOf = new Map(rules.map(({ id, weight }) => [id, weight]));
  const number = (value: number) => formatNumber(value, words.language, 1);
  return (
    <table className={styles.reasons} data-testid="match-reasons">
      <thead>
        <tr>
          <th scope="col">{t('demands.reasons.rule')}</th>
          <th scope="col">{t('demands.reasons.found')}</th>
          <th scope="col" className={styles.number}>
            {t('demands.reasons.points')}
          </th>
        </tr>
      </thead>
      <tbody>
        {match.reasons.map((reason) => (
          <tr key={reason.rule}>
            <th scope="row">
              <span className={styles.swatch} style={{ background: ruleColours[reason.rule] }} />
              {words.rule(reason.rule)} <span className={styles.ruleId}>{reason.rule}</span>
            </th>
            <td className={reason.blocks ? styles.stop : ''}>
              {words.found(reason)}
              {reason.blocks ? ` · ${t('demands.reasons.blocks')}` : ''}
            </td>
            <td className={styles.number}>
              {(weightOf.get(reason.rule) ?? 0) === 0
                ? '—'
                : `${number(reason.points)} / ${number(weightOf.get(reason.rule) ?? 0)}`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
