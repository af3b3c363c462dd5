// Asks before a resource changes its state or standing, with the reason where one is needed.
import { Input, Modal } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusalNote } from '../session/refusal-note.tsx';
import styles from './library.module.css';

export interface ReasonDialogProps {
  readonly title: string;
  readonly note: string;
  /** What changed of the row meanwhile (`RowNews`). */
  readonly news?: ReactNode;
  readonly okText: string;
  readonly reasonNeeded: boolean;
  readonly danger: boolean;
  readonly isPending: boolean;
  readonly error: unknown;
  readonly onOk: (reason: string) => void;
  readonly onClose: () => void;
}

export function ReasonDialog(props: ReasonDialogProps) {
  const { title, note, news, okText, reasonNeeded, danger, isPending, error, onOk, onClose } = props;
  const { t } = useTranslation();
  const id = useId();
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const lacks = reasonNeeded && reason.trim() === '';
  const submit = () => {
    setTried(true);
    if (!lacks) onOk(reason.trim());
  };
  return (
    <Modal
      open
      title={title}
      okText={okText}
      cancelText={t('library.drawer.cancel')}
      okButtonProps={{ danger, 'data-testid': 'reason-ok' }}
      confirmLoading={isPending}
      onOk={submit}
      onCancel={onClose}
    >
      <div className={styles.stack} data-testid="reason-dialog">
        <span>{note}</span>
        {news}
        <div className={styles.field}>
          <label htmlFor={id}>{t(reasonNeeded ? 'library.reason.label' : 'library.reason.optional')}</label>
          <Input.TextArea
            id={id}
            value={reason}
            autoFocus
            rows={2}
            maxLength={500}
            status={isTried && lacks ? 'error' : ''}
            onChange={(event) => setReason(event.target.value)}
            data-testid="reason-text"
          />
          {isTried && lacks ? (
            <small role="alert" style={{ color: '#a8071a' }}>
              {t('library.reason.needed')}
            </small>
          ) : null}
        </div>
        <RefusalNote error={error} />
      </div>
    </Modal>
  );
}
