// One resource: its facts or the form, contacts for those who may see them, and what happened to it. A change that comes too late
// shows what somebody else did and keeps what was typed.
import { App, Button, Drawer, Tabs } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ResourceJson } from '../../../server/contract/resources.ts';
import { freshResource, useResource, useWorkOnResource } from '../../api/resources.ts';
import { useLateEdit } from '../../parts/use-late-edit.ts';
import { useMay, useMe } from '../../state/session.ts';
import { AttachmentsPanel } from '../attachments/attachments-panel.tsx';
import { CommentThread } from '../comments/comment-thread.tsx';
import { raiseProblemPath } from '../problems/raise-problem-path.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import { LateNote } from '../shell/late-note.tsx';
import { ReplyState } from '../shell/reply-state.tsx';
import { RestoredNote } from '../shell/restored-note.tsx';
import { useDrawerBesideMap } from '../shell/use-drawer-beside-map.ts';
import { useKeptTyping } from '../shell/use-kept-typing.ts';
import { useLeave } from '../shell/use-leave.ts';
import { ContactsPanel } from './contacts-panel.tsx';
import { HistoryPanel } from './history-panel.tsx';
import styles from './library.module.css';
import { offeredWork } from './resource-acts.ts';
import { ResourceButtons } from './resource-buttons.tsx';
import { draftOf, resourceChangesOf } from './resource-draft.ts';
import { ResourceFacts } from './resource-facts.tsx';
import { ResourceForm } from './resource-form.tsx';
import { resourceOnMapPath } from './resource-on-map-path.ts';
import { ResourcePhotos } from './resource-photos.tsx';
import { StateTag } from './state-tag.tsx';
import { useLibraryWords } from './use-library-words.ts';

export interface ResourceDrawerProps {
  readonly id: string;
  readonly onClose: () => void;
}

export function ResourceDrawer({ id, onClose }: ResourceDrawerProps) {
  const { t } = useTranslation();
  const words = useLibraryWords();
  const beside = useDrawerBesideMap();
  const reply = useResource(id);
  const mayRaise = useMay('problem:create');
  /** The row as it was when somebody began to edit. */
  const [edited, setEdited] = useState<ResourceJson | null>(null);
  const resource = reply.data;
  if (edited !== null)
    return <ResourceEditor resource={edited} onDone={() => setEdited(null)} onClose={onClose} />;
  const onMap = resource === undefined ? null : resourceOnMapPath(resource);
  return (
    <Drawer
      open
      {...beside}
      onClose={onClose}
      title={resource === undefined ? t('library.drawer.title') : resource.name || resource.code}
      extra={
        <>
          {resource === undefined ? null : <StateTag state={resource.state} words={words} />}{' '}
          {onMap === null ? null : (
            <Link to={onMap} data-testid="resource-on-map">
              {t('library.drawer.onMap')}
            </Link>
          )}{' '}
          {resource === undefined || !mayRaise ? null : (
            <Link
              to={raiseProblemPath('resource', resource.id, resource.name || resource.code)}
              data-testid="resource-raise-problem"
            >
              {t('problems.raise')}
            </Link>
          )}
        </>
      }
    >
      <div className={styles.stack} data-testid="resource-drawer">
        <ReplyState reply={reply} notFound={t('library.drawer.notFound')} />
        {resource === undefined ? null : <Opened resource={resource} onEdit={() => setEdited(resource)} />}
      </div>
    </Drawer>
  );
}

function Opened({ resource, onEdit }: { readonly resource: ResourceJson; readonly onEdit: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const mayComments = useMay('comment:read');
  const { contacts, edit } =
    me === null ? { contacts: 'none' as const, edit: false } : offeredWork(me, resource);
  const tab = (key: string, children: ReactNode) => ({
    key,
    label: t(`library.drawer.${key}`, { count: resource.photos }),
    children: <div className={styles.tab}>{children}</div>,
  });
  return (
    <>
      <ResourceButtons resource={resource} onEdit={onEdit} />
      {resource.siteId === null && resource.state !== '退出' ? (
        <small className={styles.soft}>{t('library.drawer.notSite')}</small>
      ) : null}
      <Tabs
        size="small"
        items={[
          tab('facts', <ResourceFacts resource={resource} />),
          tab('photos', <ResourcePhotos resourceId={resource.id} mayChange={edit} />),
          tab('attachments', <AttachmentsPanel noun="resource" objectId={resource.id} />),
          ...(contacts === 'none'
            ? []
            : [
                tab('contacts', <ContactsPanel resourceId={resource.id} mayChange={contacts === 'change'} />),
              ]),
          ...(mayComments
            ? [tab('comments', <CommentThread about={{ noun: 'resource', objectId: resource.id }} />)]
            : []),
          tab('history', <HistoryPanel resourceId={resource.id} />),
        ]}
      />
    </>
  );
}

interface EditorProps {
  readonly resource: ResourceJson;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

function ResourceEditor({ resource, onDone, onClose }: EditorProps) {
  const { t } = useTranslation();
  const beside = useDrawerBesideMap();
  const words = useLibraryWords();
  const { message } = App.useApp();
  const work = useWorkOnResource();
  const edit = useLateEdit(resource, draftOf);
  const kept = useKeptTyping(`resource.${resource.id}`, edit, draftOf);
  const { base, draft } = edit;
  const changes = resourceChangesOf(base, draft);
  const isTouched = Object.keys(changes).length > 0;
  const isNameless = draft.code.trim() === '';
  const leave = useLeave(isTouched);
  const givenUp = (go: () => void) => () => {
    kept.forget();
    go();
  };
  const takeFresh = (error: unknown) => {
    const fresh = freshResource(error);
    edit.takeFresh(fresh);
    if (fresh !== null) work.reset();
  };
  const save = () => {
    if (isNameless) return;
    if (!isTouched) {
      onDone();
      return;
    }
    work.mutate(
      { resource: base, work: { kind: 'change', changes } },
      {
        onSuccess: () => {
          kept.forget();
          void message.success(t('library.drawer.saved'));
          onDone();
        },
        onError: takeFresh,
      },
    );
  };
  return (
    <Drawer
      open
      {...beside}
      mask={{ closable: false }}
      onClose={() => leave(givenUp(onClose))}
      title={`${t('library.drawer.edit')} · ${base.name || base.code}`}
      footer={
        <div className={styles.acts} style={{ justifyContent: 'flex-end' }}>
          <Button onClick={() => leave(givenUp(onDone))}>{t('library.drawer.cancel')}</Button>
          <Button
            type="primary"
            loading={work.isPending}
            disabled={isNameless}
            onClick={save}
            data-testid="resource-save"
          >
            {t('library.drawer.save')}
          </Button>
        </div>
      }
    >
      <div className={styles.stack}>
        <RestoredNote isRestored={kept.isRestored} onClear={() => edit.change(draftOf(base))} />
        <LateNote news={edit.news} label={words.field} value={(field) => words.value(field, base[field])} />
        <RefusalNote error={work.error} />
        <ResourceForm
          draft={draft}
          lacks={isNameless ? ['code'] : []}
          onChange={(field, value) => edit.change({ [field]: value })}
        />
      </div>
    </Drawer>
  );
}
