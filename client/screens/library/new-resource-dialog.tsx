// One resource entered by hand; where it stands comes next, in its drawer.
import { Alert, App, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { makeAct } from '../../api/once-key.ts';
import { useAddResource } from '../../api/resources.ts';
import { changedKeys } from '../../parts/typed-on-fresh.ts';
import { useLateEdit } from '../../parts/use-late-edit.ts';
import { useMe } from '../../state/session.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import { RestoredNote } from '../shell/restored-note.tsx';
import { useKeptTyping } from '../shell/use-kept-typing.ts';
import { useLeave } from '../shell/use-leave.ts';
import styles from './library.module.css';
import { emptyResourceDraft, newResourceLacks, newResourceOf } from './resource-draft.ts';
import { ResourceForm } from './resource-form.tsx';

export interface NewResourceDialogProps {
  readonly onAdded: (id: string) => void;
  readonly onClose: () => void;
}

export function NewResourceDialog({ onAdded, onClose }: NewResourceDialogProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const add = useAddResource();
  const [act] = useState(makeAct);
  const me = useMe();
  // who may add only their own begins with themselves
  const isOwn = me?.permissions['resource:create'] === 'own';
  const [empty] = useState(() => emptyResourceDraft(isOwn ? (me?.organisation ?? '') : ''));
  const edit = useLateEdit(null, () => empty);
  const { draft, change } = edit;
  const kept = useKeptTyping('resource.new', edit, () => empty);
  const [isTried, setTried] = useState(false);
  const leave = useLeave(changedKeys(empty, draft).length > 0);
  const lacks = newResourceLacks(draft);
  const save = () => {
    setTried(true);
    if (lacks.length > 0) return;
    add.mutate(
      { resource: newResourceOf(draft), act },
      {
        onSuccess: ({ id }) => {
          kept.forget();
          void message.success(t('library.done.add'));
          onAdded(id);
        },
      },
    );
  };
  return (
    <Modal
      open
      width={820}
      title={t('library.add')}
      okText={t('library.drawer.save')}
      cancelText={t('library.drawer.cancel')}
      confirmLoading={add.isPending}
      okButtonProps={{ 'data-testid': 'new-resource-save' }}
      // thirty fields scroll under the buttons, and what is refused is said beside these
      styles={{ body: { maxHeight: 'calc(100dvh - 320px)', overflowY: 'auto' } }}
      footer={(buttons) => (
        <>
          <div className={styles.said}>
            <RefusalNote error={add.error} />
            {isTried && lacks.length > 0 ? <Alert type="error" title={t('library.addNote')} /> : null}
          </div>
          {buttons}
        </>
      )}
      onOk={save}
      onCancel={() =>
        leave(() => {
          kept.forget();
          onClose();
        })
      }
    >
      <div className={styles.stack} data-testid="new-resource-dialog">
        <RestoredNote isRestored={kept.isRestored} onClear={() => change(empty)} />
        <p>{t('library.addNote')}</p>
        <ResourceForm
          draft={draft}
          lacks={isTried ? lacks : []}
          onChange={(field, value) => change({ [field]: value })}
        />
      </div>
    </Modal>
  );
}
