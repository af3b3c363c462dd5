// A demand in its form: a new one, or one that is changed. A change that comes too late shows what somebody else did and keeps what was typed.
import { App, Button, Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DemandJson } from '../../../server/contract/demands.ts';
import { freshDemand, useAddDemand, useChangeDemand } from '../../api/demands.ts';
import { makeAct } from '../../api/once-key.ts';
import { changedKeys } from '../../parts/typed-on-fresh.ts';
import { useLateEdit } from '../../parts/use-late-edit.ts';
import { useMe } from '../../state/session.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import desk from '../shell/desk.module.css';
import { LateNote } from '../shell/late-note.tsx';
import { RestoredNote } from '../shell/restored-note.tsx';
import { useKeptTyping } from '../shell/use-kept-typing.ts';
import { useLeave } from '../shell/use-leave.ts';
import { changesOf, draftOfDemand, emptyDraft, lacksOf, newDemandOf } from './demand-draft.ts';
import { demandFieldName, demandFieldText } from './demand-field-text.ts';
import { DemandForm } from './demand-form.tsx';
import type { DemandWords } from './use-demand-words.ts';

export interface DemandEditorProps {
  /** Null: a new one. */
  readonly demand: DemandJson | null;
  readonly words: DemandWords;
  readonly onSaved: (demand: DemandJson) => void;
  readonly onClose: () => void;
}

export function DemandEditor({ demand, words, onSaved, onClose }: DemandEditorProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const me = useMe();
  const isOperator = me?.role === 'operator';
  const add = useAddDemand();
  const change = useChangeDemand();
  const [act] = useState(makeAct);
  const draftOf = (row: DemandJson | null) =>
    row === null ? emptyDraft(isOperator ? (me?.organisation ?? '') : '') : draftOfDemand(row);
  const edit = useLateEdit(demand, draftOf);
  const { base, draft } = edit;
  const kept = useKeptTyping(`demand.${demand?.id ?? 'new'}`, edit, draftOf);
  const [isTried, setTried] = useState(false);
  const lacks = lacksOf(draft, base === null);
  const saved = (fresh: DemandJson) => {
    kept.forget();
    void message.success(t(base === null ? 'demands.done.added' : 'demands.done.changed'));
    onSaved(fresh);
  };
  const takeFresh = (error: unknown) => {
    const fresh = freshDemand(error);
    edit.takeFresh(fresh);
    if (fresh !== null) change.reset();
  };
  const save = () => {
    setTried(true);
    if (lacks.length > 0) return;
    if (base === null) {
      // the note below the form shows a refusal
      act.run((once) => add.mutateAsync({ demand: newDemandOf(draft), once })).then(saved, () => undefined);
      return;
    }
    const changes = changesOf(base, draft);
    if (Object.keys(changes).length === 0) onClose();
    else change.mutate({ demand: base, changes }, { onSuccess: saved, onError: takeFresh });
  };
  const leave = useLeave(changedKeys(draftOf(base), draft).length > 0);
  const cancel = () =>
    leave(() => {
      kept.forget();
      onClose();
    });
  return (
    <Drawer
      open
      size={640}
      mask={{ closable: false }}
      onClose={cancel}
      title={base === null ? t('demands.add') : t('demands.editTitle', { name: base.name || base.code })}
      footer={
        <div className={desk.acts} style={{ justifyContent: 'flex-end' }}>
          <Button onClick={cancel}>{t('library.drawer.cancel')}</Button>
          <Button
            type="primary"
            loading={add.isPending || change.isPending}
            onClick={save}
            data-testid="demand-save"
          >
            {t('demands.save')}
          </Button>
        </div>
      }
    >
      <div className={desk.stack}>
        <RestoredNote isRestored={kept.isRestored} onClear={() => edit.change(draftOf(base))} />
        <LateNote
          news={edit.news}
          label={(key) => words.field(demandFieldName(key))}
          value={(key) =>
            demandFieldText(draftOf(base), key, words, (one) => t(`demands.form.priority.${one}`))
          }
        />
        <DemandForm
          draft={draft}
          words={words}
          lacks={isTried ? lacks : []}
          isOperatorFixed={isOperator}
          onChange={edit.change}
        />
        <RefusalNote error={add.error ?? change.error} />
      </div>
    </Drawer>
  );
}
