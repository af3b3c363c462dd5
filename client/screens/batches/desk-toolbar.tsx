// Above the rows: filters with counts, a text, how far the batch is, what is done to the selected rows, undo.
import { EnvironmentOutlined, UndoOutlined } from '@ant-design/icons';
import { Button, Input, Segmented } from 'antd';
import type { BatchJson } from '../../../server/contract/batches.ts';
import { formatCount } from '../../format/numbers.ts';
import type { DeskMode } from './batch-acts.ts';
import styles from './batches.module.css';
import { type RowFilter, rowFilters } from './row-rules.ts';
import type { BatchWords } from './use-batch-words.ts';
import type { RowWalk } from './use-row-walk.ts';
import { type Verdict, verdictsOf } from './verdict.ts';
import { VerdictButton } from './verdict-button.tsx';

export interface DeskToolbarProps {
  readonly batch: BatchJson;
  readonly words: BatchWords;
  readonly counts: Readonly<Record<RowFilter, number>>;
  readonly walk: Pick<RowWalk, 'filter' | 'text' | 'show' | 'find'>;
  readonly mode: DeskMode;
  readonly isMapOpen: boolean;
  readonly onMap: () => void;
  /** How many rows are selected. */
  readonly selected: number;
  /** Acts on their way. */
  readonly sending: number;
  readonly onJudge: (verdict: Verdict) => void;
  /** Null: this person asks no departments. */
  readonly onCountersign: (() => void) | null;
  readonly onSelectShown: () => void;
  readonly onClear: () => void;
  readonly onUndo: () => void;
}

/** Always offered; the others when there is something behind them. */
const usual: readonly RowFilter[] = ['all', 'undecided', 'failed'];

export function DeskToolbar(props: DeskToolbarProps) {
  const { batch, words, counts, walk, mode, selected } = props;
  const { t, language } = words;
  const verdicts = verdictsOf(mode);
  const filters = rowFilters.filter((one) => usual.includes(one) || counts[one] > 0 || one === walk.filter);
  return (
    <div className={styles.toolbar}>
      <Segmented<RowFilter>
        size="small"
        value={walk.filter}
        onChange={walk.show}
        className={styles.filter ?? ''}
        data-testid="batch-filter"
        options={filters.map((value) => ({
          value,
          label: (
            <span data-testid={`batch-filter-${value}`}>
              {t(`batches.rowFilter.${value}`)}{' '}
              <b className={styles.number}>{formatCount(counts[value], language)}</b>
            </span>
          ),
        }))}
      />
      <Input
        allowClear
        size="small"
        value={walk.text}
        placeholder={t('batches.desk.searchRows')}
        aria-label={t('batches.desk.searchRows')}
        maxLength={100}
        style={{ width: 150 }}
        onChange={({ target }) => walk.find(target.value)}
        data-testid="batch-find"
      />
      {verdicts.length === 0 ? null : selected > 0 ? (
        <span className={styles.bulk} data-testid="batch-bulk">
          <span>{t('batches.desk.selected', { count: selected })}</span>
          {verdicts.map((verdict) => (
            <VerdictButton
              key={verdict.value}
              verdict={verdict}
              words={words}
              size="small"
              testId={`batch-bulk-${verdict.value}`}
              onClick={() => props.onJudge(verdict)}
            />
          ))}
          {props.onCountersign === null ? null : (
            <Button size="small" onClick={props.onCountersign} data-testid="batch-bulk-countersign">
              {t('batches.verb.countersign')}
            </Button>
          )}
          <Button size="small" type="text" onClick={props.onClear}>
            {t('batches.desk.unselect')}
          </Button>
        </span>
      ) : (
        <Button size="small" type="text" onClick={props.onSelectShown} data-testid="batch-select-shown">
          {t('batches.desk.selectShown')}
        </Button>
      )}
      <span className={styles.toolbarEnd}>
        {props.sending > 0 ? (
          <span data-testid="batch-sending">{t('batches.unsent.sending', { count: props.sending })}</span>
        ) : null}
        <span aria-live="polite" data-testid="batch-progress">
          {t('batches.desk.progress', {
            decided: formatCount(counts.all - counts.undecided, language),
            rows: formatCount(counts.all, language),
          })}
        </span>
        <Button
          size="small"
          icon={<EnvironmentOutlined />}
          type={props.isMapOpen ? 'primary' : 'default'}
          ghost={props.isMapOpen}
          aria-pressed={props.isMapOpen}
          onClick={props.onMap}
          data-testid="batch-map-toggle"
        >
          {t('desk.map.act')}
        </Button>
        {mode === 'decide' ? (
          <Button
            size="small"
            icon={<UndoOutlined />}
            onClick={props.onUndo}
            {...(batch.undoable && {
              title: t('batches.decide.undoAct', {
                decision: words.word('decision', batch.undoable.decision),
                rows: formatCount(batch.undoable.rows, language),
              }),
            })}
            data-testid="batch-undo"
          >
            {t('batches.decide.undo')}
          </Button>
        ) : null}
      </span>
    </div>
  );
}
