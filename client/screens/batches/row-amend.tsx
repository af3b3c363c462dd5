// A submitter's row in hand: a row of a draft is changed, a returned one is amended in place and comes back. What the library says is
// read again by the service. A change that comes too late keeps what was typed and shows the fresh row above it.
import { App, Button, Input, InputNumber, Popconfirm, Select } from 'antd';
import { type ReactNode, useEffect, useId } from 'react';
import { buildModes } from '../../../engine/index.ts';
import type { BatchRowJson, RowAmendJson } from '../../../server/contract/batches.ts';
import { freshRows, useAmendRow, useRemoveRow } from '../../api/batches.ts';
import { useOperatorOptions, useProfiles } from '../../api/catalogue.ts';
import { useLateEdit } from '../../parts/use-late-edit.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import { LateNote } from '../shell/late-note.tsx';
import { useKeptTyping } from '../shell/use-kept-typing.ts';
import { type Amendable, amendableOf, amendmentOf } from './amendment.ts';
import styles from './batches.module.css';
import type { BatchWords } from './use-batch-words.ts';

export interface RowAmendProps {
  readonly row: BatchRowJson;
  readonly how: 'change' | 'resubmit';
  readonly words: BatchWords;
}

export function RowAmend({ row, how, words }: RowAmendProps) {
  const { t } = words;
  const { message } = App.useApp();
  const amend = useAmendRow();
  const remove = useRemoveRow();
  const edit = useLateEdit(row, amendableOf);
  useKeptTyping(`amend.${row.id}`, edit, amendableOf);
  const isStale = freshRows(amend.error).length > 0;
  const given = amendmentOf(edit.base, edit.draft);
  useEffect(() => {
    if (row.version > edit.base.version) edit.follow(row);
  });
  const save = () =>
    amend.mutate(
      { row: edit.base, changes: given, how },
      {
        onSuccess: (saved) => {
          edit.follow(saved);
          void message.success(t(how === 'change' ? 'batches.amend.saved' : 'batches.amend.resubmitted'));
        },
        onError: (error) => edit.takeFresh(freshRows(error)[0] ?? null),
      },
    );
  return (
    <section className={`${styles.group} ${styles.amend}`} data-testid="row-amend">
      <h3>{t(how === 'change' ? 'batches.amend.change' : 'batches.amend.title')}</h3>
      <p className={styles.soft}>{t('batches.amend.intro')}</p>
      <AmendFields now={edit.draft} words={words} onChange={edit.change} />
      <LateNote
        news={edit.news}
        label={words.field}
        value={(field) => words.value(field, edit.base[field])}
      />
      <RefusalNote error={isStale ? null : (amend.error ?? remove.error)} />
      <div className={styles.reasonEnd}>
        {how === 'change' ? (
          <Popconfirm title={t('batches.amend.removeAsk')} onConfirm={() => remove.mutate(row)}>
            <Button danger type="text" loading={remove.isPending} data-testid="row-remove">
              {t('batches.amend.remove')}
            </Button>
          </Popconfirm>
        ) : null}
        <Button
          type="primary"
          loading={amend.isPending}
          // what the library says may have changed, so a returned row may come back with nothing typed here
          disabled={how === 'change' && Object.keys(given).length === 0}
          onClick={save}
          data-testid="row-amend-save"
        >
          {t(how === 'change' ? 'batches.amend.save' : 'batches.amend.resubmit')}
        </Button>
      </div>
    </section>
  );
}

interface AmendFieldsProps {
  readonly now: Amendable;
  readonly words: BatchWords;
  readonly onChange: (change: RowAmendJson) => void;
}

function AmendFields({ now, words, onChange }: AmendFieldsProps) {
  const operatorOptions = useOperatorOptions();
  const { t } = words;
  const id = useId();
  const profiles = useProfiles().data ?? [];
  const field = (key: keyof RowAmendJson, label: string, input: ReactNode) => (
    <div className={styles.field}>
      <label htmlFor={`${id}-${key}`}>{label}</label>
      {input}
    </div>
  );
  const of = (key: keyof RowAmendJson) => ({ id: `${id}-${key}`, 'data-testid': `amend-${key}` });
  return (
    <>
      <div className={styles.fields}>
        {field(
          'heightM',
          words.field('heightM'),
          <InputNumber
            {...of('heightM')}
            value={now.heightM}
            min={0.1}
            max={1000}
            precision={1}
            style={{ width: '100%' }}
            onChange={(value) => value !== null && onChange({ heightM: value })}
          />,
        )}
        {field(
          'costCny',
          words.field('costCnyField'),
          <InputNumber
            {...of('costCny')}
            value={now.costCny}
            min={0}
            max={1_000_000_000}
            precision={0}
            style={{ width: '100%' }}
            onChange={(value) => value !== null && onChange({ costCny: value })}
          />,
        )}
        {field(
          'buildMode',
          words.field('buildMode'),
          <Select
            {...of('buildMode')}
            value={now.buildMode}
            options={buildModes.map((value) => ({ value, label: t(`terms.buildMode.${value}`) }))}
            onChange={(buildMode) => onChange({ buildMode })}
          />,
        )}
        {field(
          'profileId',
          words.field('profileId'),
          <Select
            {...of('profileId')}
            allowClear
            value={now.profileId}
            placeholder={t('batches.amend.profileNone')}
            options={profiles.map((profile) => ({ value: profile.id, label: profile.name }))}
            onChange={(profileId) => onChange({ profileId: profileId ?? null })}
          />,
        )}
      </div>
      {field(
        'forOperators',
        words.field('forOperators'),
        <Select
          {...of('forOperators')}
          mode="tags"
          value={now.forOperators}
          tokenSeparators={[',', '，', '、']}
          options={operatorOptions}
          onChange={(forOperators: string[]) => onChange({ forOperators })}
        />,
      )}
      {field(
        'address',
        words.field('address'),
        <Input
          {...of('address')}
          value={now.address}
          maxLength={300}
          onChange={({ target }) => onChange({ address: target.value })}
        />,
      )}
      {field(
        'note',
        words.field('note'),
        <Input.TextArea
          {...of('note')}
          value={now.note}
          rows={2}
          maxLength={1000}
          onChange={({ target }) => onChange({ note: target.value })}
        />,
      )}
    </>
  );
}
