// A demand in its form: a new one, or one that is changed. A change that comes too late shows what somebody else did and keeps what was typed.
import { Alert, App, Button, Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DemandJson } from '../../../server/contract/demands.ts';
import { freshDemand, useAddDemand, useChangeDemand } from '../../api/demands.ts';
import { makeAct } from '../../api/once-key.ts';
import { useMe } from '../../state/session.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import desk from '../shell/desk.module.css';
import {
  changesOf,
  type DemandDraft,
  draftOfDemand,
  emptyDraft,
  lacksOf,
  newDemandOf,
} from './demand-draft.ts';
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
  const { message, modal } = App.useApp();
  const me = useMe();
  const isOperator = me?.role === 'operator';
  const add = useAddDemand();
  const change = useChangeDemand();
  const [act] = useState(makeAct);
  /** The row the changes are made on; another one after a 412. */
  const [base, setBase] = useState(demand);
  const [draft, setDraft] = useState<DemandDraft>(() =>
    demand === null ? emptyDraft(isOperator ? (me?.organisation ?? '') : '') : draftOfDemand(demand),
  );
  const [isStale, setStale] = useState(false);
  const [isTried, setTried] = useState(false);
  const [isTouched, setTouched] = useState(false);
  const lacks = lacksOf(draft, base === null);
  const saved = (fresh: DemandJson) => {
    void message.success(t(base === null ? 'demands.done.added' : 'demands.done.changed'));
    onSaved(fresh);
  };
  const takeFresh = (error: unknown) => {
    const fresh = freshDemand(error);
    if (fresh === null) return;
    setBase(fresh);
    setStale(true);
    change.reset();
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
  const leave = () => {
    if (!isTouched) onClose();
    else
      modal.confirm({
        title: t('library.drawer.leave'),
        okText: t('library.drawer.leaveAct'),
        cancelText: t('library.drawer.leaveStay'),
        okButtonProps: { danger: true },
        onOk: onClose,
      });
  };
  return (
    <Drawer
      open
      size={640}
      mask={{ closable: false }}
      onClose={leave}
      title={base === null ? t('demands.add') : t('demands.editTitle', { name: base.name || base.code })}
      footer={
        <div className={desk.acts} style={{ justifyContent: 'flex-end' }}>
          <Button onClick={leave}>{t('library.drawer.cancel')}</Button>
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
        {isStale ? <Alert type="warning" showIcon title={t('demands.stale')} /> : null}
        <DemandForm
          draft={draft}
          words={words}
          lacks={isTried ? lacks : []}
          isOperatorFixed={isOperator}
          onChange={(part) => {
            setTouched(true);
            setDraft({ ...draft, ...part });
          }}
        />
        <RefusalNote error={add.error ?? change.error} />
      </div>
    </Drawer>
  );
}
