// Files on their way to the person, each with a way to call it off, and why one does not come. What has too many coordinates for a day
// can be asked for right there.
import { App, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAskForExport } from '../../api/export-requests.ts';
import { ApiError, describeError } from '../../api/fetch-reply.ts';
import { makeAct } from '../../api/once-key.ts';
import { useLanguage } from '../../format/use-language.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { download, filesStore, forgetRefusedFile, type RefusedFile } from '../../state/download.ts';
import { useStore } from '../../state/make-store.ts';
import { useMay } from '../../state/session.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import desk from './desk.module.css';
import styles from './files.module.css';

export function Files() {
  const { t } = useTranslation();
  const underWay = useStore(filesStore, (files) => files.underWay);
  const refused = useStore(filesStore, (files) => files.refused);
  return (
    <>
      {underWay.length === 0 ? null : (
        <ul className={styles.files} aria-live="polite" data-testid="files-under-way">
          {underWay.map(({ address, stop }) => (
            <li key={address}>
              <span>{t('shell.files.underWay')}</span>
              <Button size="small" type="link" onClick={stop} data-testid="file-stop">
                {t('shell.files.stop')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {refused === null ? null : <RefusedDialog key={refused.address} refused={refused} />}
    </>
  );
}

function RefusedDialog({ refused }: { readonly refused: RefusedFile }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const { address, fileName, error } = refused;
  const mayAsk = useMay('export:request');
  const isOverLimit = error instanceof ApiError && error.code === 'EXPORT_OVER_LIMIT';
  const asks = isOverLimit && mayAsk;
  const ask = useAskForExport();
  const [act] = useState(makeAct);
  const [reason, setReason] = useState('');
  const again = () => {
    forgetRefusedFile();
    void download(fileName, address);
  };
  const send = () =>
    ask.mutate(
      { asked: { address, reason: reason.trim() }, act },
      {
        onSuccess: () => {
          void message.success(t('shell.files.asked'));
          forgetRefusedFile();
        },
      },
    );
  return (
    <Modal
      open
      title={t(asks ? 'shell.files.askTitle' : 'shell.files.refused')}
      onCancel={forgetRefusedFile}
      okText={t(asks ? 'shell.files.ask' : 'shell.retry')}
      cancelText={t('shell.files.close')}
      onOk={asks ? send : again}
      confirmLoading={ask.isPending}
      okButtonProps={{ disabled: asks && reason.trim() === '', 'data-testid': 'file-refused-ok' }}
    >
      <div className={desk.stack} data-testid="file-refused">
        <ErrorNote {...describeError(error, language)} />
        {asks ? (
          <>
            <Input.TextArea
              value={reason}
              autoFocus
              rows={2}
              maxLength={500}
              aria-label={t('shell.files.reason')}
              placeholder={t('shell.files.reason')}
              onChange={(event) => setReason(event.target.value)}
              data-testid="file-reason"
            />
            <RefusalNote error={ask.error} />
            <Link to="/exports" onClick={forgetRefusedFile}>
              {t('shell.files.toRequests')}
            </Link>
          </>
        ) : null}
      </div>
    </Modal>
  );
}
