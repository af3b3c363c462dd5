// Publishing: choose the district, look at what would stand in the directory and how it differs, then publish exactly that.
import { Alert, App, Input, Modal, Select, Spin } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DirectoryJson } from '../../../server/contract/directories.ts';
import { useDistrictChoices } from '../../api/areas.ts';
import { useDirectoryPreview, usePublishDirectory } from '../../api/directories.ts';
import { makeAct } from '../../api/once-key.ts';
import { useMe } from '../../state/session.ts';
import styles from '../library/library.module.css';
import { RefusalNote } from '../session/refusal-note.tsx';
import { DirectoryDiff } from './directory-diff.tsx';

export interface PublishDialogProps {
  readonly onPublished: (directory: DirectoryJson) => void;
  readonly onClose: () => void;
}

export function PublishDialog({ onPublished, onClose }: PublishDialogProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const id = useId();
  const territory = useMe()?.territory;
  const districts = useDistrictChoices().filter(
    ({ code }) => territory?.everywhere || territory?.districtCodes.includes(code),
  );
  const only = districts.length === 1 ? (districts[0]?.code ?? null) : null;
  const [picked, setPicked] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const districtCode = picked ?? only;
  const preview = useDirectoryPreview(districtCode);
  const publish = usePublishDirectory();
  const [act] = useState(makeAct);
  const data = preview.isFetching ? undefined : preview.data;
  const isNothing = data !== undefined && data.rows === 0 && data.diff.against === null;
  const send = () => {
    if (data === undefined) return;
    publish.mutate(
      {
        directory: { districtCode: data.districtCode, note: note.trim(), expectedRows: data.rows },
        act,
      },
      {
        onSuccess: (directory) => {
          void message.success(t('directory.dialog.done', { number: directory.number }));
          onPublished(directory);
        },
      },
    );
  };
  return (
    <Modal
      open
      width={720}
      title={t('directory.dialog.title')}
      okText={data === undefined ? t('directory.publish') : t('directory.dialog.ok', { count: data.rows })}
      cancelText={t('directory.dialog.cancel')}
      confirmLoading={publish.isPending}
      okButtonProps={{ disabled: data === undefined || isNothing, 'data-testid': 'publish-ok' }}
      onOk={send}
      onCancel={onClose}
    >
      <div className={styles.stack} data-testid="publish-dialog">
        <div className={styles.field}>
          <label htmlFor={`${id}-district`}>{t('directory.dialog.district')}</label>
          <Select
            id={`${id}-district`}
            showSearch={{ optionFilterProp: 'label' }}
            value={districtCode}
            placeholder={t('directory.dialog.choose')}
            options={districts.map(({ code, name }) => ({ value: code, label: name }))}
            onChange={(code) => {
              setPicked(code);
              publish.reset();
            }}
            data-testid="publish-district"
          />
        </div>
        {districtCode !== null && preview.isFetching ? <Spin /> : null}
        <RefusalNote error={preview.error} />
        {data === undefined ? null : isNothing ? (
          <Alert type="warning" showIcon title={t('directory.dialog.none')} />
        ) : (
          <>
            <b data-testid="publish-rows">{t('directory.dialog.rows', { count: data.rows })}</b>
            <DirectoryDiff diff={data.diff} />
            <div className={styles.field}>
              <label htmlFor={`${id}-note`}>{t('directory.dialog.note')}</label>
              <Input
                id={`${id}-note`}
                value={note}
                maxLength={500}
                onChange={(event) => setNote(event.target.value)}
              />
            </div>
            <Alert type="info" showIcon title={t('directory.dialog.final')} />
          </>
        )}
        <RefusalNote error={publish.error} />
      </div>
    </Modal>
  );
}
