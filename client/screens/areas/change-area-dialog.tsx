// Name, kind and target of an area. One that was submitted or approved is a draft again, and the dialog says so before; a change that comes
// too late shows what stands there now and keeps what was typed.
import { Alert, App, AutoComplete, Input, Modal } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AreaChangesJson, AreaJson } from '../../../server/contract/areas.ts';
import { freshArea, useChangeArea } from '../../api/areas.ts';
import { makeAct } from '../../api/once-key.ts';
import { useLateEdit } from '../../parts/use-late-edit.ts';
import { areaKinds } from '../coverage/area-choice.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import desk from '../shell/desk.module.css';
import { LateNote } from '../shell/late-note.tsx';
import { TargetFields } from './target-fields.tsx';
import { useAreaWords } from './use-area-words.ts';

type Draft = Pick<AreaJson, 'name' | 'kind' | 'coverageRule' | 'targetShare' | 'deadline'>;
const fields = ['name', 'kind', 'coverageRule', 'targetShare', 'deadline'] as const;

const draftOf = ({ name, kind, coverageRule, targetShare, deadline }: AreaJson): Draft => ({
  name,
  kind,
  coverageRule,
  targetShare,
  deadline,
});

export interface ChangeAreaDialogProps {
  readonly area: AreaJson;
  readonly onClose: () => void;
}

export function ChangeAreaDialog({ area, onClose }: ChangeAreaDialogProps) {
  const { t } = useTranslation();
  const words = useAreaWords();
  const { message } = App.useApp();
  const id = useId();
  const work = useChangeArea();
  const [act] = useState(makeAct);
  const { base, draft, news, change: set, takeFresh } = useLateEdit(area, draftOf);
  const [reason, setReason] = useState('');
  const typed: Draft = { ...draft, name: draft.name.trim(), kind: draft.kind.trim() };
  const changed = fields.filter((field) => typed[field] !== base[field]);
  const lacks = typed.name === '' || typed.kind === '';
  const submit = () => {
    const changes: AreaChangesJson = {
      ...Object.fromEntries(changed.map((field) => [field, typed[field]])),
      reason: reason.trim(),
    };
    work.mutate(
      { area: base, act, changes },
      {
        onSuccess: () => {
          void message.success(t('areas.changed'));
          onClose();
        },
        onError: (error) => takeFresh(freshArea(error)),
      },
    );
  };
  return (
    <Modal
      open
      title={`${t('areas.change')} · ${area.name}`}
      okText={t('shell.save')}
      cancelText={t('shell.cancel')}
      confirmLoading={work.isPending}
      okButtonProps={{ disabled: lacks || changed.length === 0, 'data-testid': 'area-change-ok' }}
      onOk={submit}
      onCancel={onClose}
    >
      <div className={desk.stack} data-testid="area-change-dialog">
        <RebaseNote area={area} />
        <LateNote news={news} label={words.field} value={(field) => words.value(field, base[field])} />
        <div className={desk.fields}>
          <div className={desk.field}>
            <label htmlFor={`${id}-name`}>{words.field('name')}</label>
            <Input
              id={`${id}-name`}
              value={draft.name}
              maxLength={200}
              status={typed.name === '' ? 'error' : ''}
              onChange={({ target }) => set({ name: target.value })}
              data-testid="area-change-name"
            />
          </div>
          <div className={desk.field}>
            <label htmlFor={`${id}-kind`}>{words.field('kind')}</label>
            <AutoComplete
              id={`${id}-kind`}
              value={draft.kind}
              options={areaKinds.map((kind) => ({ value: kind }))}
              status={typed.kind === '' ? 'error' : ''}
              onChange={(kind: string) => set({ kind: kind.slice(0, 50) })}
            />
          </div>
        </div>
        <TargetFields target={draft} onChange={set} />
        <div className={desk.field}>
          <label htmlFor={`${id}-reason`}>{t('cases.reasonOptional')}</label>
          <Input
            id={`${id}-reason`}
            value={reason}
            maxLength={500}
            onChange={({ target }) => setReason(target.value)}
          />
        </div>
        <RefusalNote error={freshArea(work.error) === null ? work.error : null} />
      </div>
    </Modal>
  );
}

/** What a change does to an area that is not a draft; nothing for one that is. */
export function RebaseNote({ area }: { readonly area: AreaJson }) {
  const { t } = useTranslation();
  if (area.state !== '已批准' && area.state !== '已送审') return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t(`areas.rebase.${area.state}`, { number: area.approval?.number ?? 1 })}
      data-testid="area-rebase"
    />
  );
}
