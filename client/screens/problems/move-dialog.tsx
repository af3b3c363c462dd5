// Asks before a problem moves or rises, with the reason where one is needed. A refusal that it changed meanwhile closes nothing: the
// drawer behind shows it as it is now, and the next try is on that.
import { App, Input, Modal, Segmented } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProblemJson } from '../../../server/contract/problems.ts';
import { makeAct } from '../../api/once-key.ts';
import { freshProblem, type ProblemWork, useWorkOnProblem } from '../../api/problems.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import { RowNews } from '../shell/row-news.tsx';
import type { OfferedProblemMove, OfferedProblemWork } from './problem-acts.ts';
import { problemFieldText, shownOfProblem } from './problem-field-text.ts';
import styles from './problems.module.css';
import type { ProblemWords } from './use-problem-words.ts';

export type AskedMove =
  | { readonly kind: 'move'; readonly move: OfferedProblemMove }
  | { readonly kind: 'escalate'; readonly levels: OfferedProblemWork['levels'] };

export interface MoveDialogProps {
  readonly problem: ProblemJson;
  readonly asked: AskedMove;
  readonly words: ProblemWords;
  readonly onClose: () => void;
}

export function MoveDialog({ problem, asked, words, onClose }: MoveDialogProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const id = useId();
  const work = useWorkOnProblem();
  const [act] = useState(makeAct);
  const [reason, setReason] = useState('');
  const levels = asked.kind === 'escalate' ? asked.levels : [];
  const [level, setLevel] = useState(levels[0] ?? '督办');
  const [isTried, setTried] = useState(false);
  const reasonNeeded = asked.kind === 'escalate' || asked.move.reasonNeeded;
  const lacks = reasonNeeded && reason.trim() === '';
  const word = asked.kind === 'escalate' ? 'escalate' : asked.move.word;
  const submit = () => {
    setTried(true);
    if (lacks) return;
    const wanted: ProblemWork =
      asked.kind === 'escalate'
        ? { kind: 'escalation', json: { level, reason: reason.trim() } }
        : {
            kind: 'moves',
            json: { to: asked.move.to, ...(reason.trim() !== '' && { reason: reason.trim() }) },
          };
    work.mutate(
      { problem, work: wanted, act },
      {
        onSuccess: () => {
          void message.success(t(`problems.done.${word}`));
          onClose();
        },
      },
    );
  };
  return (
    <Modal
      open
      title={t(`problems.act.${word}`)}
      okText={t(`problems.act.${word}`)}
      cancelText={t('problems.cancel')}
      okButtonProps={{ danger: word === 'override', 'data-testid': 'move-ok' }}
      confirmLoading={work.isPending}
      onOk={submit}
      onCancel={onClose}
    >
      <div className={styles.stack} data-testid="move-dialog">
        <span>{t(`problems.ask.${word}`, { title: problem.title })}</span>
        <RowNews
          row={problem}
          shownOf={shownOfProblem}
          label={(key) => t(`problems.column.${key}`)}
          value={(key) => problemFieldText(problem, key, words)}
        />
        {levels.length > 1 ? (
          <Segmented
            value={level}
            options={levels.map((one) => ({ value: one, label: words.level(one) }))}
            onChange={setLevel}
          />
        ) : levels.length === 1 ? (
          <span>{t('problems.escalateTo', { level: words.level(level) })}</span>
        ) : null}
        <div className={styles.field}>
          <label htmlFor={id}>{t(reasonNeeded ? 'problems.reason' : 'problems.reasonOptional')}</label>
          <Input.TextArea
            id={id}
            value={reason}
            autoFocus
            rows={2}
            maxLength={500}
            status={isTried && lacks ? 'error' : ''}
            onChange={(event) => setReason(event.target.value)}
            data-testid="move-reason"
          />
          {isTried && lacks ? <small role="alert">{t('problems.reasonMissing')}</small> : null}
        </div>
        <RefusalNote error={freshProblem(work.error) === null ? work.error : null} />
      </div>
    </Modal>
  );
}
