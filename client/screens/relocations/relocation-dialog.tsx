// The form of a relocation, for a new one and for one that is there: why, which sites go, which replace them, by when, what it costs.
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { App, Button, Input, InputNumber, Modal, Select } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { relocationCauses } from '../../../engine/index.ts';
import type { RelocationDetailJson } from '../../../server/contract/relocations.ts';
import { makeAct } from '../../api/once-key.ts';
import { freshRelocation, useChangeRelocation, useNewRelocation } from '../../api/relocations.ts';
import { useLanguage } from '../../format/use-language.ts';
import { DayField } from '../../parts/day-field.tsx';
import { changedKeys } from '../../parts/typed-on-fresh.ts';
import { type LateEdit, useLateEdit } from '../../parts/use-late-edit.ts';
import { SiteSelect } from '../cases/site-select.tsx';
import { RefusalNote } from '../session/refusal-note.tsx';
import desk from '../shell/desk.module.css';
import { LateNote } from '../shell/late-note.tsx';
import { RestoredNote } from '../shell/restored-note.tsx';
import { useKeptTyping } from '../shell/use-kept-typing.ts';
import { useLeave } from '../shell/use-leave.ts';
import {
  emptyRelocation,
  newRelocationOf,
  type RelocationDraft,
  relocationChangesOf,
  relocationDraftOf,
  relocationLacks,
} from './relocation-draft.ts';
import { fieldNames, relocationFieldText } from './relocation-field-text.ts';
import styles from './relocations.module.css';

export interface NewRelocationDialogProps {
  readonly onMade: (id: string) => void;
  readonly onClose: () => void;
}

export function NewRelocationDialog({ onMade, onClose }: NewRelocationDialogProps) {
  const { t } = useTranslation();
  const make = useNewRelocation();
  const [act] = useState(makeAct);
  const edit = useLateEdit(null, () => emptyRelocation);
  const kept = useKeptTyping('relocation.new', edit, () => emptyRelocation);
  const leave = useLeave(changedKeys(emptyRelocation, edit.draft).length > 0);
  return (
    <RelocationForm
      title={t('relocations.new')}
      okText={t('relocations.register')}
      edit={edit}
      note={<RestoredNote isRestored={kept.isRestored} onClear={() => edit.change(emptyRelocation)} />}
      known={[]}
      isPending={make.isPending}
      error={make.error}
      onOk={(draft) =>
        make.mutate(
          { relocation: newRelocationOf(draft), act },
          {
            onSuccess: (made) => {
              kept.forget();
              onMade(made.id);
            },
          },
        )
      }
      onClose={() =>
        leave(() => {
          kept.forget();
          onClose();
        })
      }
    />
  );
}

export interface ChangeRelocationDialogProps {
  readonly detail: RelocationDetailJson;
  readonly onClose: () => void;
}

export function ChangeRelocationDialog({ detail, onClose }: ChangeRelocationDialogProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const change = useChangeRelocation();
  const [act] = useState(makeAct);
  const edit = useLateEdit(detail, relocationDraftOf);
  const { base: read } = edit;
  const before = relocationDraftOf(read);
  return (
    <RelocationForm
      title={`${t('relocations.change')} · ${detail.number}`}
      okText={t('relocations.save')}
      edit={edit}
      note={
        <LateNote
          news={edit.news}
          label={(key) => t(`relocations.field.${fieldNames[key] ?? key}`)}
          value={(key) => relocationFieldText(read, key, t, language)}
        />
      }
      known={[...read.affectedSites, ...read.replacementSites].map(({ siteId, name, code }) => ({
        siteId,
        name: name || code,
      }))}
      isPending={change.isPending}
      error={freshRelocation(change.error) === null ? change.error : null}
      onOk={(draft) =>
        change.mutate(
          { read, changes: relocationChangesOf(before, draft), act },
          {
            onSuccess: () => {
              void message.success(t('relocations.saved'));
              onClose();
            },
            onError: (error) => edit.takeFresh(freshRelocation(error)),
          },
        )
      }
      onClose={onClose}
    />
  );
}

interface RelocationFormProps {
  readonly title: string;
  readonly okText: string;
  readonly edit: Pick<LateEdit<unknown, RelocationDraft>, 'draft' | 'change'>;
  /** Above the fields. */
  readonly note: ReactNode;
  readonly known: readonly { readonly siteId: string; readonly name: string }[];
  readonly isPending: boolean;
  readonly error: unknown;
  readonly onOk: (draft: RelocationDraft) => void;
  readonly onClose: () => void;
}

function RelocationForm(props: RelocationFormProps) {
  const { title, okText, edit, note, known, isPending, error, onOk, onClose } = props;
  const { draft, change } = edit;
  const { t } = useTranslation();
  const id = useId();
  const [isTried, setTried] = useState(false);
  const lacks = relocationLacks(draft);
  const field = (key: string, input: ReactNode, lack: string | null = null) => (
    <div key={key} className={desk.field}>
      <label htmlFor={`${id}-${key}`}>{t(`relocations.field.${key}`)}</label>
      {input}
      {isTried && lack !== null && lacks === lack ? (
        <small className={desk.wrong} role="alert">
          {t(`relocations.lacks.${lack}`)}
        </small>
      ) : null}
    </div>
  );
  return (
    <Modal
      open
      width={760}
      title={title}
      okText={okText}
      cancelText={t('relocations.close')}
      confirmLoading={isPending}
      okButtonProps={{ 'data-testid': 'relocation-ok' }}
      onOk={() => {
        setTried(true);
        if (lacks === null) onOk(draft);
      }}
      onCancel={onClose}
    >
      <div className={desk.stack} data-testid="relocation-form">
        {note}
        <div className={desk.fields}>
          {field(
            'project',
            <Input
              id={`${id}-project`}
              value={draft.project}
              maxLength={200}
              onChange={({ target }) => change({ project: target.value })}
              data-testid="relocation-project"
            />,
            'project',
          )}
          {field(
            'cause',
            <Select
              id={`${id}-cause`}
              value={draft.cause}
              options={relocationCauses.map((value) => ({ value, label: t(`relocations.cause.${value}`) }))}
              onChange={(cause) => change({ cause })}
              data-testid="relocation-cause"
            />,
          )}
        </div>
        {field(
          'affected',
          <SiteSelect
            id={`${id}-affected`}
            siteIds={draft.affectedSiteIds}
            isMany
            known={known}
            onChange={(affectedSiteIds) => change({ affectedSiteIds })}
            testId="relocation-affected"
          />,
          'affected',
        )}
        {field(
          'replacements',
          <SiteSelect
            id={`${id}-replacements`}
            siteIds={draft.replacementSiteIds}
            isMany
            known={known}
            onChange={(replacementSiteIds) => change({ replacementSiteIds })}
            testId="relocation-replacements"
          />,
          'both',
        )}
        <div className={desk.fields}>
          {field(
            'dueOn',
            <DayField
              id={`${id}-dueOn`}
              label={t('relocations.field.dueOn')}
              value={draft.dueOn}
              onChange={(dueOn) => change({ dueOn })}
            />,
          )}
          {field(
            'compensationCny',
            <InputNumber
              id={`${id}-compensationCny`}
              value={draft.compensationCny}
              min={0}
              max={1e10}
              precision={0}
              style={{ width: '100%' }}
              onChange={(compensationCny) => change({ compensationCny })}
            />,
          )}
          {field(
            'compensationNote',
            <Input
              id={`${id}-compensationNote`}
              value={draft.compensationNote}
              maxLength={500}
              onChange={({ target }) => change({ compensationNote: target.value })}
            />,
          )}
          {field(
            'remark',
            <Input
              id={`${id}-remark`}
              value={draft.remark}
              maxLength={1000}
              onChange={({ target }) => change({ remark: target.value })}
            />,
          )}
        </div>
        <Milestones milestones={draft.milestones} onChange={(milestones) => change({ milestones })} />
        <RefusalNote error={error} />
      </div>
    </Modal>
  );
}

interface MilestonesProps {
  readonly milestones: RelocationDraft['milestones'];
  readonly onChange: (milestones: RelocationDraft['milestones']) => void;
}

function Milestones({ milestones, onChange }: MilestonesProps) {
  const { t } = useTranslation();
  const put = (at: number, part: Partial<MilestonesProps['milestones'][number]>) =>
    onChange(milestones.map((one, index) => (index === at ? { ...one, ...part } : one)));
  return (
    <div className={desk.field}>
      <span className={styles.label}>{t('relocations.field.milestones')}</span>
      {milestones.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name of their own while they are typed
        <div key={index} className={styles.milestone}>
          <Input
            value={one.name}
            maxLength={100}
            aria-label={t('relocations.milestone.name')}
            placeholder={t('relocations.milestone.name')}
            onChange={({ target }) => put(index, { name: target.value })}
          />
          <DayField
            label={t('relocations.milestone.dueOn')}
            placeholder={t('relocations.milestone.dueOn')}
            value={one.dueOn}
            onChange={(dueOn) => put(index, { dueOn })}
          />
          <DayField
            label={t('relocations.milestone.doneOn')}
            placeholder={t('relocations.milestone.doneOn')}
            value={one.doneOn}
            onChange={(doneOn) => put(index, { doneOn })}
          />
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t('relocations.milestone.remove')}
            onClick={() => onChange(milestones.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      <Button
        size="small"
        icon={<PlusOutlined />}
        style={{ alignSelf: 'flex-start' }}
        disabled={milestones.length >= 50}
        onClick={() => onChange([...milestones, { name: '', dueOn: null, doneOn: null }])}
      >
        {t('relocations.milestone.add')}
      </Button>
    </div>
  );
}
