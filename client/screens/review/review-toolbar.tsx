// Above the rows: filter with counts, who reviews, and the decisions on several rows at once.
import { Button, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { reviewDecisions } from '../../../engine/index.ts';
import { formatCount } from '../../format/numbers.ts';
import { useMe } from '../../state/session.ts';
import type { SiteWords } from '../sites/use-site-words.ts';
import styles from './review.module.css';
import type { Decision, DecisionCounts, DecisionFilter } from './review-decisions.ts';

const filters = ['all', 'none', ...reviewDecisions] as const satisfies readonly DecisionFilter[];

export interface ReviewToolbarProps {
  readonly counts: DecisionCounts;
  readonly filter: DecisionFilter;
  readonly selected: number;
  readonly words: SiteWords;
  readonly mayDecide: boolean;
  readonly onFilter: (filter: DecisionFilter) => void;
  readonly onDecide: (decision: Decision) => void;
  readonly onSelectShown: () => void;
  readonly onClear: () => void;
  readonly onKeys: () => void;
}

export function ReviewToolbar(props: ReviewToolbarProps) {
  const { counts, filter, selected, words, mayDecide } = props;
  const { t } = useTranslation();
  const count = (value: number) => formatCount(value, words.language);
  return (
    <div className={styles.toolbar}>
      <Segmented<DecisionFilter>
        value={filter}
        onChange={props.onFilter}
        className={styles.filter}
        data-testid="review-filter"
        options={filters.map((value) => ({
          value,
          label: (
            <span data-testid={`review-filter-${value}`}>
              {t(`review.filter.${value}`)} <b className={styles.number}>{count(counts[value])}</b>
            </span>
          ),
        }))}
      />
      {!mayDecide ? null : selected > 0 ? (
        <span className={styles.bulk} data-testid="review-bulk">
          <span>{t('review.selected', { rows: count(selected) })}</span>
          {reviewDecisions.map((decision) => (
            <Button
              key={decision}
              size="small"
              danger={decision === '不同意'}
              type={decision === '同意' ? 'primary' : 'default'}
              onClick={() => props.onDecide(decision)}
              data-testid={`review-bulk-${decision}`}
            >
              {t(`review.act.${decision}`)}
            </Button>
          ))}
          <Button size="small" type="text" onClick={props.onClear}>
            {t('review.clearSelection')}
          </Button>
        </span>
      ) : (
        <Button size="small" type="text" onClick={props.onSelectShown} data-testid="review-select-shown">
          {t('review.selectShown')}
        </Button>
      )}
      {mayDecide ? <Reviewer /> : null}
      <Button type="text" onClick={props.onKeys} data-testid="review-keys">
        {t('review.keys')} ?
      </Button>
    </div>
  );
}

function Reviewer() {
  const { t } = useTranslation();
  return (
    <span className={styles.reviewer} data-testid="review-reviewer">
      {t('review.reviewer')} <b>{useMe()?.name}</b>
    </span>
  );
}
