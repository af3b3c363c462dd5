// Candidate sites into the library: first how many would go, with what it means for plans, then the work itself.
import { Alert, App, Modal, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TakeOverResultJson } from '../../../server/contract/resources.ts';
import { useDistrictChoices } from '../../api/areas.ts';
import { useTakeOver } from '../../api/resources.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import styles from './library.module.css';

export interface TakeOverDialogProps {
  /** Leads to the resources that await their owners. */
  readonly onShow: () => void;
  readonly onClose: () => void;
}

export function TakeOverDialog({ onShow, onClose }: TakeOverDialogProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const id = useId();
  const districts = useDistrictChoices();
  const takeOver = useTakeOver();
  const [districtCode, setDistrictCode] = useState('');
  const [preview, setPreview] = useState<TakeOverResultJson | null>(null);
  const ask = (dryRun: boolean) =>
    takeOver.mutate(
      { dryRun, ...(districtCode !== '' && { districtCode }) },
      {
        onSuccess: (result) => {
          if (dryRun) {
            setPreview(result);
            return;
          }
          void message.success(t('library.takeOver.done', { count: result.taken }));
          onClose();
          onShow();
        },
      },
    );
  return (
    <Modal
      open
      title={t('library.takeOver.title')}
      okText={
        preview === null
          ? t('library.takeOver.preview')
          : t('library.takeOver.apply', { count: preview.taken })
      }
      cancelText={t('library.drawer.cancel')}
      confirmLoading={takeOver.isPending}
      okButtonProps={{ disabled: preview?.taken === 0, 'data-testid': 'take-over-ok' }}
      onOk={() => ask(preview === null)}
      onCancel={onClose}
    >
      <div className={styles.stack} data-testid="take-over-dialog">
        <Alert type="warning" showIcon title={t('library.takeOver.note')} />
        <div className={styles.field}>
          <label htmlFor={id}>{t('library.takeOver.district')}</label>
          <Select
            id={id}
            value={districtCode}
            options={[
              { value: '', label: t('library.takeOver.everywhere') },
              ...districts.map(({ code, name }) => ({ value: code, label: name })),
            ]}
            onChange={(code) => {
              setDistrictCode(code);
              setPreview(null);
            }}
          />
        </div>
        {preview === null ? null : (
          <ul className={styles.lacks} data-testid="take-over-preview">
            <li>
              {preview.taken > 0
                ? t('library.takeOver.fit', { count: preview.taken })
                : t('library.takeOver.none')}
            </li>
            {preview.held > 0 ? <li>{t('library.takeOver.held', { count: preview.held })}</li> : null}
            {preview.unfit > 0 ? <li>{t('library.takeOver.unfit', { count: preview.unfit })}</li> : null}
          </ul>
        )}
        <RefusalNote error={takeOver.error} />
      </div>
    </Modal>
  );
}
