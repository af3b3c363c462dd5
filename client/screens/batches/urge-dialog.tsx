// Urging (催办): who owes something on this batch with the rows that wait there, whom a notice will reach, and when somebody was urged
// last. The service says all of it beforehand and decides again.
import { Alert, App, Checkbox, Input, Modal, Radio } from 'antd';
import { useId, useState } from 'react';
import { type UrgeTarget, urgeTargets } from '../../../engine/index.ts';
import type { WaitingUnitJson } from '../../../server/contract/batch-verbs.ts';
import type { BatchJson } from '../../../server/contract/batches.ts';
import { useUrge, useWaitingUnits } from '../../api/batch-verbs.ts';
import { formatCount } from '../../format/numbers.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import { ReplyState } from '../shell/reply-state.tsx';
import styles from './batches.module.css';
import type { BatchWords } from './use-batch-words.ts';

export interface UrgeDialogProps {
  readonly batch: BatchJson;
  readonly words: BatchWords;
  /** Only this town is chosen at first; null: everybody. */
  readonly townCode: string | null;
  readonly onClose: () => void;
}

export function UrgeDialog({ batch, words, townCode, onClose }: UrgeDialogProps) {
  const { t, language } = words;
  const { message } = App.useApp();
  const id = useId();
  const reply = useWaitingUnits(batch.id);
  const urge = useUrge(batch.id);
  const [chosen, setChosen] = useState<UrgeTarget | null>(townCode === null ? null : 'town');
  const [leftOut, setLeftOut] = useState<readonly string[] | null>(null);
  const [text, setText] = useState('');
  const units = reply.data?.units ?? [];
  const targets = urgeTargets.filter((target) => units.some(({ to }) => to === target));
  const reachable = targets.find((target) =>
    units.some((unit) => unit.to === target && unit.againAt === null),
  );
  const to = targets.find((target) => target === chosen) ?? reachable ?? targets[0] ?? null;
  const ofTarget = units.filter((unit) => unit.to === to);
  const isChosen = ({ unit }: WaitingUnitJson) =>
    to !== 'town' || !(leftOut?.includes(unit) ?? (townCode !== null && unit !== townCode));
  const reached = ofTarget.filter((unit) => unit.againAt === null && isChosen(unit));
  const rows = reached.reduce((sum, { waiting }) => sum + waiting, 0);
  const send = () => {
    if (to === null) return;
    const townCodes = to === 'town' ? { townCodes: reached.map(({ unit }) => unit) } : {};
    const said = text.trim() === '' ? {} : { text: text.trim() };
    urge.mutate(
      { to, ...townCodes, ...said },
      {
        onSuccess: (result) => {
          const names = words.list(result.reached.map(({ name }) => name));
          void message.success(t('batches.urge.done', { names }));
          onClose();
        },
      },
    );
  };
  return (
    <Modal
      open
      title={t('batches.urge.title')}
      okText={t('batches.urge.ok')}
      cancelText={t('batches.act.cancel')}
      okButtonProps={{ disabled: reached.length === 0, 'data-testid': 'urge-ok' }}
      confirmLoading={urge.isPending}
      onOk={send}
      onCancel={onClose}
    >
      <div className={styles.stack} data-testid="urge-dialog">
        <ReplyState reply={reply} notFound={t('batches.desk.notFound')} />
        {reply.data !== undefined && to === null ? <p>{t('batches.urge.none')}</p> : null}
        {to === null ? null : (
          <>
            {targets.length > 1 ? (
              <Radio.Group
                optionType="button"
                size="small"
                value={to}
                aria-label={t('batches.urge.whom')}
                options={targets.map((value) => ({ value, label: t(`batches.urge.to.${value}`) }))}
                onChange={({ target }) => setChosen(target.value)}
              />
            ) : null}
            <ul className={styles.units} data-testid="urge-units">
              {ofTarget.map((unit) => (
                <li key={unit.unit}>
                  {to === 'town' ? (
                    <Checkbox
                      checked={isChosen(unit) && unit.againAt === null}
                      disabled={unit.againAt !== null}
                      onChange={() => toggle(unit)}
                    >
                      {unit.name}
                    </Checkbox>
                  ) : (
                    <b>{unit.name}</b>
                  )}
                  <span>
                    {t(`batches.urge.waiting.${to}`, { rows: formatCount(unit.waiting, language) })}
                  </span>
                  {unit.urgedAt === null ? null : (
                    <small>
                      {t('batches.urge.last', { name: unit.urgedBy ?? '—', at: words.time(unit.urgedAt) })}
                      {unit.againAt === null
                        ? ''
                        : ` · ${t('batches.urge.again', { at: words.time(unit.againAt) })}`}
                    </small>
                  )}
                </li>
              ))}
            </ul>
            <div className={styles.field}>
              <label htmlFor={id}>{t('batches.urge.text')}</label>
              <Input.TextArea
                id={id}
                value={text}
                rows={2}
                maxLength={500}
                autoFocus
                onChange={({ target }) => setText(target.value)}
                onKeyDown={(event) => {
                  if (event.key === 'Enter' && event.ctrlKey && reached.length > 0) send();
                }}
                data-testid="urge-text"
              />
            </div>
            <Alert
              type={reached.length === 0 ? 'warning' : 'info'}
              title={
                reached.length === 0
                  ? t('batches.urge.reachNone')
                  : t(`batches.urge.reach.${to}`, {
                      count: reached.length,
                      rows: formatCount(rows, language),
                    })
              }
              data-testid="urge-reach"
            />
          </>
        )}
        <RefusalNote error={urge.error} />
      </div>
    </Modal>
  );

  function toggle(unit: WaitingUnitJson): void {
    const now = ofTarget.filter((one) => !isChosen(one)).map((one) => one.unit);
    setLeftOut(now.includes(unit.unit) ? now.filter((one) => one !== unit.unit) : [...now, unit.unit]);
  }
}
