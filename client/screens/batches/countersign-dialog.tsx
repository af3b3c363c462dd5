// Asking a department for its opinion (加签) on the chosen rows: what would happen, by when, what it should look at. The rows are those of
// the moment it was opened: what somebody changes meanwhile makes the whole act ask again.
import { AutoComplete, Input, Modal, type RefSelectProps } from 'antd';
import { useId, useRef, useState } from 'react';
import { opinionDepartments } from '../../../engine/index.ts';
import { todayInChina } from '../../format/dates.ts';
import { formatCount } from '../../format/numbers.ts';
import { DayField } from '../../parts/day-field.tsx';
import { hasText } from '../../parts/has-text.ts';
import type { SeenRow } from '../../state/unsent-acts.ts';
import styles from './batches.module.css';
import { departmentOf, nameOfDepartment } from './department-names.ts';
import { previewCountersign, type ShownRow } from './row-rules.ts';
import type { BatchWords } from './use-batch-words.ts';

export interface AskedDepartment {
  readonly department: string;
  /** ISO time; null: by the rule. */
  readonly dueAt: string | null;
  readonly note: string;
}

export interface CountersignDialogProps {
  readonly rows: readonly ShownRow[];
  /** In the versions the person saw. */
  readonly seen: readonly SeenRow[];
  readonly words: BatchWords;
  readonly onAsk: (asked: AskedDepartment, rows: readonly SeenRow[]) => void;
  readonly onClose: () => void;
}

export function CountersignDialog(props: CountersignDialogProps) {
  const { words, onAsk, onClose } = props;
  const { t, language } = words;
  const id = useId();
  const first = useRef<RefSelectProps>(null);
  const [{ rows, seen }] = useState(props);
  const [typed, setTyped] = useState('');
  const [dueDay, setDueDay] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const department = departmentOf(typed.trim(), words);
  const preview = previewCountersign(rows, department);
  const count = (value: number) => formatCount(value, language);
  const ask = () => {
    if (department === '') return;
    // to the end of the day in China
    const dueAt = dueDay === null ? null : new Date(`${dueDay}T23:59:59+08:00`).toISOString();
    onAsk({ department, dueAt, note: note.trim() }, seen);
  };
  return (
    <Modal
      open
      title={t('batches.countersign.title', { rows: count(rows.length) })}
      okText={t('batches.countersign.ok')}
      cancelText={t('batches.act.cancel')}
      okButtonProps={{ disabled: department === '', 'data-testid': 'countersign-ok' }}
      onOk={ask}
      onCancel={onClose}
      // a choice does not take the focus by itself
      afterOpenChange={(isOpen) => {
        if (isOpen) first.current?.focus();
      }}
    >
      <div className={styles.stack} data-testid="countersign-dialog">
        <div className={styles.field}>
          <label htmlFor={`${id}-department`}>{t('batches.countersign.department')}</label>
          <AutoComplete
            id={`${id}-department`}
            value={typed}
            ref={first}
            options={opinionDepartments.map((value) => ({ value: nameOfDepartment(value, words) }))}
            showSearch={{ filterOption: (text, option) => hasText(option?.value, text) }}
            onChange={(value) => setTyped((value ?? '').slice(0, 50))}
            data-testid="countersign-department"
          />
        </div>
        <div className={styles.field}>
          <label htmlFor={`${id}-due`}>{t('batches.countersign.dueAt')}</label>
          <DayField
            id={`${id}-due`}
            label={t('batches.countersign.dueAt')}
            value={dueDay}
            from={todayInChina()}
            placeholder={t('batches.countersign.dueHint')}
            onChange={setDueDay}
            testId="countersign-due"
          />
        </div>
        <div className={styles.field}>
          <label htmlFor={`${id}-note`}>{t('batches.countersign.note')}</label>
          <Input
            id={`${id}-note`}
            value={note}
            maxLength={500}
            onChange={({ target }) => setNote(target.value)}
            onPressEnter={ask}
            data-testid="countersign-note"
          />
        </div>
        <ul className={styles.preview} data-testid="countersign-preview">
          <li>
            {t(`batches.countersign.${department === '' ? 'previewNone' : 'preview'}`, {
              department: nameOfDepartment(department, words),
              rows: count(rows.length),
            })}
          </li>
          {(['already', 'answered', 'decided'] as const)
            .filter((key) => preview[key] > 0)
            .map((key) => (
              <li key={key}>{t(`batches.countersign.${key}`, { rows: count(preview[key]) })}</li>
            ))}
        </ul>
      </div>
    </Modal>
  );
}
