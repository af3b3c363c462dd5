// The automatic checks of a row: as marks in a list, and in words with the values they went by.
import {
  CheckCircleOutlined,
  CloseCircleFilled,
  ExclamationCircleFilled,
  QuestionCircleOutlined,
} from '@ant-design/icons';
import { Tooltip } from 'antd';
import type { ReactNode } from 'react';
import type { RowCheckResult } from '../../../engine/index.ts';
import type { BatchRowJson, RowCheckJson } from '../../../server/contract/batches.ts';
import styles from './batches.module.css';
import { checkSentence } from './check-sentence.ts';
import { sortChecks } from './row-rules.ts';
import type { BatchWords } from './use-batch-words.ts';

const icons: Readonly<Record<RowCheckResult, ReactNode>> = {
  fail: <CloseCircleFilled style={{ color: '#cf1322' }} />,
  warn: <ExclamationCircleFilled style={{ color: '#d48806' }} />,
  unknown: <QuestionCircleOutlined style={{ color: '#8c8c8c' }} />,
  pass: <CheckCircleOutlined style={{ color: '#389e0d' }} />,
};

interface ChecksProps {
  readonly row: Pick<BatchRowJson, 'checks'>;
  readonly words: BatchWords;
}

/** How many fail, warn or lack data; a row in order has one green mark. */
export function CheckMarks({ row, words }: ChecksProps) {
  const count = (result: RowCheckResult) => row.checks.filter((check) => check.result === result).length;
  const marks = (['fail', 'warn', 'unknown'] as const).filter((result) => count(result) > 0);
  const title = words.t('batches.row.checkMarks', {
    fail: count('fail'),
    warn: count('warn'),
    unknown: count('unknown'),
  });
  return (
    <span className={styles.marks} title={title}>
      {marks.length === 0 ? icons.pass : null}
      {marks.map((result) => (
        <span key={result} data-result={result}>
          {icons[result]} {count(result)}
        </span>
      ))}
    </span>
  );
}

/** Only what fails, by name; the sentence on hover. */
export function FailingChecks({ row, words }: ChecksProps) {
  const failing = row.checks.filter(({ result }) => result === 'fail');
  if (failing.length === 0) return <CheckMarks row={row} words={words} />;
  return (
    <Tooltip title={failing.map((check) => <div key={check.id}>{checkSentence(check, words)}</div>)}>
      <span>
        {icons.fail} {words.list(failing.map(({ id }) => words.t(`batches.check.${id}`)))}
      </span>
    </Tooltip>
  );
}

export function CheckList({ row, words }: ChecksProps) {
  return (
    <ul className={styles.checks} data-testid="row-checks">
      {sortChecks(row.checks).map((check) => (
        <Check key={check.id} check={check} words={words} />
      ))}
    </ul>
  );
}

function Check({ check, words }: { readonly check: RowCheckJson; readonly words: BatchWords }) {
  return (
    <li data-result={check.result}>
      {icons[check.result]}
      <b>{words.t(`batches.check.${check.id}`)}</b>
      <span>{checkSentence(check, words)}</span>
      <em>{words.t(`batches.check.result.${check.result}`)}</em>
    </li>
  );
}
