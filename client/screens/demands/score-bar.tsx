// A score as a strip of a hundred points: what each rule gave, in the order of the rules. The list of reasons says the same in words.
import type { MatchJson } from '../../../server/contract/demands.ts';
import { formatNumber } from '../../format/numbers.ts';
import styles from './demands.module.css';
import { ruleColours } from './rule-colours.ts';
import type { DemandWords } from './use-demand-words.ts';

export interface ScoreBarProps {
  readonly reasons: MatchJson['reasons'];
  readonly words: DemandWords;
}

export function ScoreBar({ reasons, words }: ScoreBarProps) {
  const parts = reasons.filter(({ points }) => points > 0);
  const told = parts.map(
    ({ rule, points }) => `${words.rule(rule)} ${formatNumber(points, words.language, 1)}`,
  );
  return (
    <div className={styles.bar} role="img" aria-label={told.join(', ')}>
      {parts.map(({ rule, points }, index) => (
        <span
          key={rule}
          className={styles.part}
          title={told[index]}
          style={{ width: `${points}%`, background: ruleColours[rule] }}
        />
      ))}
    </div>
  );
}
