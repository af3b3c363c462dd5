// One resource entered by hand; where it stands comes next, in its drawer.
import { App, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddResource } from '../../api/resources.ts';
import { useMe } from '../../state/session.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import styles from './library.module.css';
import { emptyResourceDraft, newResourceOf } from './resource-draft.ts';
import { ResourceForm } from './resource-form.tsx';

export interface NewResourceDialogProps {
  readonly onAdded: (id: string) => void;
  readonly onClose: () => void;
}

export function NewResourceDialog({ onAdded, onClose }: NewResourceDialogProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const add = useAddResource();
  const me = useMe();
  // who may add only their own begins with themselves
  const isOwn = me?.permissions['resource:create'] === 'own';
  const [draft, setDraft] = useState(() => emptyResourceDraft(isOwn ? (me?.organisation ?? '') : ''));
  const save = () =>
    add.mutate(newResourceOf(draft), {
      onSuccess: ({ id }) => {
        void message.success(t('library.done.add'));
        onAdded(id);
      },
    });
  return (
    <Modal
      open
      width={820}
      title={t('library.add')}
      okText={t('library.drawer.save')}
      cancelText={t('library.drawer.cancel')}
      confirmLoading={add.isPending}
      okButtonProps={{
        disabled: draft.code === '' || (draft.address === '' && draft.name === ''),
        'data-testid': 'new-resource-save',
      }}
      onOk={save}
      onCancel={onClose}
    >
      <div className={styles.stack} data-testid="new-resource-dialog">
        <p>{t('library.addNote')}</p>
        <RefusalNote error={add.error} />
        <ResourceForm
          draft={draft}
          onChange={(field, value) => setDraft((now) => ({ ...now, [field]: value }))}
        />
      </div>
    </Modal>
  );
}
