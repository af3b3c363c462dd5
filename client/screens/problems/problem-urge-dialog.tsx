// Urging (催办) whom a problem waits for: the district that assigns it, or the unit in charge. The service decides again, and says when it
// was urged last.
import { App, Input, Modal } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProblemUrgeTarget } from '../../../engine/index.ts';
import type { ProblemJson } from '../../../server/contract/problems.ts';
import { makeAct } from '../../api/once-key.ts';
import { useUrgeProblem } from '../../api/problems.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import styles from './problems.module.css';

export interface ProblemUrgeDialogProps {
  readonly problem: Pick<ProblemJson, 'id' | 'title' | 'ownerUnit'>;
  /** Null: it has moved on meanwhile. */
  readonly to: ProblemUrgeTarget | null;
  readonly onClose: () => void;
}

export function ProblemUrgeDialog({ problem, to, onClose }: ProblemUrgeDialogProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const id = useId();
  const urge = useUrgeProblem();
  const [act] = useState(makeAct);
  const [text, setText] = useState('');
  const send = () =>
    urge.mutate(
      { id: problem.id, urge: text.trim() === '' ? {} : { text: text.trim() }, act },
      {
        onSuccess: () => {
          void message.success(t('problems.urge.done'));
          onClose();
        },
      },
    );
  return (
    <Modal
      open
      title={t('problems.act.urge')}
      okText={t('problems.act.urge')}
      cancelText={t('problems.cancel')}
      okButtonProps={{ 'data-testid': 'problem-urge-ok' }}
      confirmLoading={urge.isPending}
      onOk={send}
      onCancel={onClose}
    >
      <div className={styles.stack} data-testid="problem-urge-dialog">
        {to === null ? null : (
          <span>{t(`problems.urge.ask.${to}`, { title: problem.title, unit: problem.ownerUnit })}</span>
        )}
        <div className={styles.field}>
          <label htmlFor={id}>{t('problems.urge.text')}</label>
          <Input.TextArea
            id={id}
            value={text}
            autoFocus
            rows={2}
            maxLength={500}
            onChange={(event) => setText(event.target.value)}
            data-testid="problem-urge-text"
          />
        </div>
        <RefusalNote error={urge.error} />
      </div>
    </Modal>
  );
}
