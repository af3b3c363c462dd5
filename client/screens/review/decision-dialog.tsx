// Reason and remark of a decision, or the preview of a decision on several rows. A digit chooses the reason and leads to
// the remark, Ctrl+Enter records, Esc leaves without a trace.
import { Button, Input, Modal, Radio } from 'antd';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ReviewReasonCode, reviewReasonCodes } from '../../../engine/index.ts';
import type { NewReviewJson, PlanItemJson } from '../../../server/contract/plans.ts';
import { formatMoney } from '../../format/money.ts';
import { formatCount } from '../../format/numbers.ts';
import { useMe } from '../../state/session.ts';
import type { SiteWords } from '../sites/use-site-words.ts';
import styles from './review.module.css';
import { type Decision, missingInDraft, previewBulk, reviewRequest } from './review-decisions.ts';

export interface DecisionDialogProps {
  readonly decision: Decision;
  readonly siteIds: readonly string[];
  readonly rows: readonly PlanItemJson[];
  readonly words: SiteWords;
  readonly onRecord: (request: NewReviewJson) => void;
  readonly onClose: () => void;
}

export function DecisionDialog({ decision, siteIds, rows, words, onRecord, onClose }: DecisionDialogProps) {
  const { t } = useTranslation();
  const reviewer = useMe()?.name ?? '';
  const [reasonCode, setReasonCode] = useState<ReviewReasonCode | null>(null);
  const [reasonText, setReasonText] = useState('');
  const [isTried, setTried] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  const draft = { siteIds, decision, reasonCode, reasonText, reviewer };
  const missing = missingInDraft(draft);
  const record = () => {
    setTried(true);
    if (missing.length === 0) onRecord(reviewRequest(draft));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      record();
      return;
    }
    const isWriting = event.target instanceof Element && event.target.matches('textarea, input[type=text]');
    const chosen = reviewReasonCodes[Number(event.key) - 1];
    if (isWriting || decision === '同意' || chosen === undefined) return;
    event.preventDefault();
    setReasonCode(chosen);
    body.current?.querySelector('textarea')?.focus();
  };
  const listener = useRef(onKeyDown);
  useEffect(() => {
    listener.current = onKeyDown;
  });
  // On the window: the keys hold from the first moment, wherever the keyboard is.
  useEffect(() => {
    const listen = (event: KeyboardEvent) => listener.current(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  return (
    <Modal
      open
      title={t(`review.dialog.title.${decision}`)}
      onCancel={onClose}
      width={520}
      transitionName=""
      maskTransitionName=""
      afterOpenChange={(isOpen) => {
        if (isOpen) body.current?.querySelector<HTMLElement>('input, textarea')?.focus();
      }}
      footer={
        <>
          {isTried && missing.length > 0 ? (
            <span className={styles.missing} role="alert" data-testid="decision-missing">
              {missing.map((key) => t(`review.missing.${key}`)).join(' · ')}
            </span>
          ) : null}
          <Button onClick={onClose}>{t('review.dialog.cancel')}</Button>
          <Button type="primary" danger={decision === '不同意'} onClick={record} data-testid="decision-save">
            {t('review.dialog.save')}
          </Button>
        </>
      }
    >
      <div ref={body} className={styles.dialog} data-testid="decision-dialog">
        <Preview decision={decision} siteIds={siteIds} rows={rows} words={words} />
        {decision === '同意' ? null : (
          <>
            <fieldset className={styles.reasons}>
              <legend>{t('review.dialog.reason')}</legend>
              <Radio.Group
                value={reasonCode}
                onChange={(event) => setReasonCode(event.target.value)}
                className={styles.reasonList}
                data-testid="decision-reason"
                options={reviewReasonCodes.map((value, index) => ({
                  value,
                  label: `${index + 1} ${words.term('reason', value)}`,
                }))}
              />
            </fieldset>
            <RemarkField text={reasonText} onChange={setReasonText} />
          </>
        )}
      </div>
    </Modal>
  );
}

type PreviewProps = Pick<DecisionDialogProps, 'decision' | 'siteIds' | 'rows' | 'words'>;

function Preview({ decision, siteIds, rows, words }: PreviewProps) {
  const { t } = useTranslation();
  const only = siteIds.length === 1 ? rows.find((row) => row.site.id === siteIds[0]) : undefined;
  if (only) {
    return (
      <p className={styles.preview}>
        <strong>{only.site.name || only.site.code}</strong> · {words.resourceType(only.site.resourceType)} ·{' '}
        {formatMoney(only.costCny, words.language)}
      </p>
    );
  }
  const { rows: count, costCny, overturned, unchanged } = previewBulk(rows, siteIds, decision);
  return (
    <p className={styles.preview} data-testid="decision-preview">
      {t('review.dialog.preview', {
        rows: formatCount(count, words.language),
        decision: words.term('decision', decision),
        cost: formatMoney(costCny, words.language),
      })}
      {overturned > 0
        ? ` ${t('review.dialog.overturned', { rows: formatCount(overturned, words.language) })}`
        : null}
      {unchanged > 0
        ? ` ${t('review.dialog.unchanged', { rows: formatCount(unchanged, words.language) })}`
        : null}
    </p>
  );
}

interface RemarkFieldProps {
  readonly text: string;
  readonly onChange: (text: string) => void;
}

function RemarkField({ text, onChange }: RemarkFieldProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className={styles.fieldColumn}>
      <label htmlFor={id}>{t('review.dialog.text')}</label>
      <Input.TextArea
        id={id}
        value={text}
        rows={3}
        maxLength={1000}
        placeholder={t('review.dialog.textPlaceholder')}
        onChange={(event) => onChange(event.target.value)}
        data-testid="decision-text"
      />
    </div>
  );
}
