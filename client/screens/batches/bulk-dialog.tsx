// One decision or opinion on many rows: what it would do, then the reason. The rows are those of the moment it was opened: what
// somebody changes meanwhile makes the whole act ask again.
import { Modal } from 'antd';
import { useState } from 'react';
import type { ReviewReasonCode } from '../../../engine/index.ts';
import { formatMoney } from '../../format/money.ts';
import { formatCount } from '../../format/numbers.ts';
import type { SeenRow } from '../../state/unsent-acts.ts';
import styles from './batches.module.css';
import { type ReasonDraft, ReasonForm } from './reason-form.tsx';
import { previewBulk, type ShownRow } from './row-rules.ts';
import type { BatchWords } from './use-batch-words.ts';
import type { Verdict } from './verdict.ts';

export interface BulkDialogProps {
  readonly draft: ReasonDraft;
  readonly rows: readonly ShownRow[];
  readonly words: BatchWords;
  readonly onDraft: (draft: ReasonDraft) => void;
  readonly onRecord: (rows: readonly SeenRow[], reasonCode: ReviewReasonCode | null, text: string) => void;
  readonly onClose: () => void;
}

export function BulkDialog({ draft, rows: nowRows, words, onDraft, onRecord, onClose }: BulkDialogProps) {
  const { t, language } = words;
  const [rows] = useState(nowRows);
  const { verdict } = draft;
  const decision = words.word(verdict.kind === 'decide' ? 'decision' : 'opinion', verdict.value);
  const count = (value: number) => formatCount(value, language);
  return (
    <Modal
      open
      width={560}
      title={t('batches.bulk.title', { decision, rows: count(rows.length) })}
      onCancel={onClose}
      footer={null}
      transitionName=""
      maskTransitionName=""
    >
      <div className={styles.stack} data-testid="bulk-dialog">
        <ul className={styles.preview} data-testid="bulk-preview">
          {verdict.kind === 'town' ? (
            <li>{t('batches.bulk.previewOpinion', { rows: count(rows.length), decision })}</li>
          ) : (
            <Preview verdict={verdict} rows={rows} words={words} />
          )}
        </ul>
        <ReasonForm
          draft={draft}
          words={words}
          okText={t('batches.bulk.confirm', { rows: count(rows.length) })}
          isInline={false}
          onChange={onDraft}
          onRecord={(reasonCode, text) =>
            onRecord(
              rows.map(({ id, version }) => ({ id, version })),
              reasonCode,
              text,
            )
          }
          onCancel={onClose}
        />
      </div>
    </Modal>
  );
}

interface PreviewProps {
  readonly verdict: Verdict & { readonly kind: 'decide' };
  readonly rows: readonly ShownRow[];
  readonly words: BatchWords;
}

function Preview({ verdict, rows, words }: PreviewProps) {
  const { t, language } = words;
  const preview = previewBulk(rows, verdict.value);
  const notes = (['failing', 'townAgainst', 'overturned', 'unchanged'] as const).filter(
    (key) => preview[key] > 0,
  );
  return (
    <>
      <li>
        {t('batches.bulk.preview', {
          rows: formatCount(preview.rows, language),
          decision: words.word('decision', verdict.value),
          cost: formatMoney(preview.costCny, language),
        })}
      </li>
      {notes.map((key) => (
        <li key={key}>{t(`batches.bulk.${key}`, { rows: formatCount(preview[key], language) })}</li>
      ))}
    </>
  );
}
