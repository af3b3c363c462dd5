// Above the rows: filter with counts, who reviews, and the decisions on several rows at once.
import { Button, Input, Segmented } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../format/numbers.ts';
import { useStore } from '../../state/make-store.ts';
import { reviewerStore, setReviewer } from '../../state/reviewer.ts';
import type { SiteWords } from '../sites/use-site-words.ts';
import styles from './review.module.css';
import { type Decision, type DecisionCounts, type DecisionFilter, decisions } from './review-decisions.ts';

const filters = ['all', 'none', ...decisions] as const satisfies readonly DecisionFilter[];

export interface ReviewToolbarProps {
  readonly counts: DecisionCounts;
  readonly filter: DecisionFilter;
  readonly selected: number;
  readonly words: SiteWords;
  readonly onFilter: (filter: DecisionFilter) => void;
  readonly onDecide: (decision: Decision) => void;
  readonly onSelectShown: () => void;
  readonly onClear: () => void;
  readonly onKeys: () => void;
}

export function ReviewToolbar(props: ReviewToolbarProps) {
  const { counts, filter, selected, words } = props;
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
      {selected > 0 ? (
        <span className={styles.bulk} data-testid="review-bulk">
          <span>{t('review.selected', { rows: count(selected) })}</span>
          {decisions.map((decision) => (
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
      <Reviewer />
      <Button type="text" onClick={props.onKeys} data-testid="review-keys">
        {t('review.keys')} ?
      </Button>
    </div>
  );
}

function Reviewer() {
  const { t } = useTranslation();
  const id = useId();
  const name = useStore(reviewerStore, (value) => value.name);
  return (
    <span className={styles.reviewer}>
      <label htmlFor={id}>{t('review.reviewer')}</label>
      <Input
        id={id}
        value={name}
        maxLength={100}
        style={{ width: 140 }}
        placeholder={t('review.reviewerPlaceholder')}
        autoComplete="name"
        onChange={(event) => setReviewer(event.target.value)}
        onPressEnter={(event) => event.currentTarget.blur()}
        data-testid="review-reviewer"
      />
    </span>
  );
}
