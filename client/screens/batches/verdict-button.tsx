// One thing that can be said of a row, with its key.
import { Button } from 'antd';
import styles from './batches.module.css';
import type { BatchWords } from './use-batch-words.ts';
import { keyOfVerdict, type Verdict } from './verdict.ts';

export interface VerdictButtonProps {
  readonly verdict: Verdict;
  readonly words: BatchWords;
  readonly size?: 'small' | 'middle';
  /** It is the one that is being given a reason. */
  readonly isOpen?: boolean;
  readonly testId: string;
  readonly onClick: () => void;
}

export function VerdictButton({
  verdict,
  words,
  size = 'middle',
  isOpen = false,
  testId,
  onClick,
}: VerdictButtonProps) {
  const { kind, value } = verdict;
  return (
    <Button
      size={size}
      className={styles.verdict ?? ''}
      data-decision={value}
      data-open={isOpen}
      aria-pressed={isOpen}
      onClick={onClick}
      data-testid={testId}
    >
      {words.t(`batches.${kind}.act.${value}`)} <kbd>{keyOfVerdict[value]}</kbd>
    </Button>
  );
}
