// The reason of what is said of rows: numbered codes and a text. A digit chooses the code and leads to the text, Enter records (with
// Ctrl where the form stands in a dialog), Esc leaves without a trace. Keys hold from the first moment, wherever the keyboard is.
import { Button, Input, type InputRef, Radio } from 'antd';
import { useEffect, useId, useRef, useState } from 'react';
import { type ReviewReasonCode, reviewReasonCodes } from '../../../engine/index.ts';
import styles from './batches.module.css';
import type { BatchWords } from './use-batch-words.ts';
import { missingIn, type Verdict } from './verdict.ts';

export interface ReasonDraft {
  readonly verdict: Verdict;
  readonly reasonCode: ReviewReasonCode | null;
  readonly text: string;
}

export interface ReasonFormProps {
  readonly draft: ReasonDraft;
  readonly words: BatchWords;
  readonly okText: string;
  /** Enter alone records. */
  readonly isInline: boolean;
  readonly onChange: (draft: ReasonDraft) => void;
  readonly onRecord: (reasonCode: ReviewReasonCode | null, text: string) => void;
  readonly onCancel: () => void;
}

export function ReasonForm({
  draft,
  words,
  okText,
  isInline,
  onChange,
  onRecord,
  onCancel,
}: ReasonFormProps) {
  const { t } = words;
  const id = useId();
  const { verdict, reasonCode, text } = draft;
  const [isTried, setTried] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const field = useRef<InputRef>(null);
  const codes = verdict.kind === 'decide' && verdict.value !== '同意' ? reviewReasonCodes : [];
  const asksText = verdict.value !== '同意';
  const missing = missingIn(verdict, reasonCode, text);
  const record = () => {
    setTried(true);
    if (missing === null) onRecord(reasonCode, text.trim());
    else if (missing !== 'reasonCode') field.current?.focus();
  };
  const press = (event: KeyboardEvent) => {
    // a sign-in or another dialog lies over this form
    const dialog = event.target instanceof Element ? event.target.closest('[role=dialog]') : null;
    if (event.isComposing || (dialog !== null && !dialog.contains(frame.current))) return;
    const isWriting =
      event.target instanceof Element && event.target.matches('input:not([type=radio]), textarea');
    const isElsewhere = isWriting && frame.current?.contains(event.target as Element) !== true;
    const isOnButton = event.target instanceof Element && event.target.closest('button') !== null;
    if (
      event.key === 'Enter' &&
      !isOnButton &&
      !isElsewhere &&
      (isInline || event.ctrlKey || event.metaKey)
    ) {
      event.preventDefault();
      record();
    } else if (event.key === 'Escape' && isInline) {
      event.preventDefault();
      onCancel();
    } else if (!isWriting && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const chosen = codes[Number(event.key) - 1];
      if (chosen === undefined) return;
      event.preventDefault();
      onChange({ ...draft, reasonCode: chosen });
      field.current?.focus();
    }
  };
  const latest = useRef(press);
  useEffect(() => {
    latest.current = press;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => latest.current(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  useEffect(() => {
    if (codes.length === 0) field.current?.focus();
    else frame.current?.focus({ preventScroll: true });
  }, [codes.length]);
  return (
    // tabIndex: takes the keyboard so that the list does not scroll under it
    <div ref={frame} className={styles.reason} tabIndex={-1} data-testid="reason-form">
      {codes.length === 0 ? null : (
        <fieldset className={styles.reasons}>
          <legend>{t('batches.decide.reason')}</legend>
          <Radio.Group
            value={reasonCode}
            onChange={(event) => {
              onChange({ ...draft, reasonCode: event.target.value });
              field.current?.focus();
            }}
            className={styles.reasonList}
            data-testid="reason-codes"
            options={codes.map((value, index) => ({
              value,
              label: (
                <>
                  <kbd>{index + 1}</kbd> {words.reason(value)}
                </>
              ),
            }))}
          />
        </fieldset>
      )}
      {asksText ? (
        <div className={styles.field}>
          <label htmlFor={id}>{t('batches.decide.text')}</label>
          <Input
            ref={field}
            id={id}
            value={text}
            maxLength={1000}
            placeholder={t('batches.decide.textPlaceholder')}
            onChange={({ target }) => onChange({ ...draft, text: target.value })}
            data-testid="reason-text"
          />
        </div>
      ) : null}
      <div className={styles.reasonEnd}>
        {isTried && missing !== null ? (
          <span className={styles.missing} role="alert" data-testid="reason-missing">
            {t(`batches.decide.missing.${missing}`)}
          </span>
        ) : null}
        <Button onClick={onCancel}>{t('batches.decide.cancel')}</Button>
        <Button type="primary" danger={verdict.value === '不同意'} onClick={record} data-testid="reason-ok">
          {okText}
        </Button>
      </div>
    </div>
  );
}
