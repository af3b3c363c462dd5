// Many cases into one state: first what would change and what is refused and why, then the change itself.
import { Alert, App, Checkbox, Input, Modal, Select, Table } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseState } from '../../../engine/index.ts';
import type { BulkCaseMoveResultJson } from '../../../server/contract/cases.ts';
import type { SeenRowJson } from '../../../server/contract/shared.ts';
import { useMoveCases } from '../../api/cases.ts';
import { isAnswered, makeAct } from '../../api/once-key.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import desk from '../shell/desk.module.css';
import { CaseFieldInputs } from './case-field-inputs.tsx';
import { type BulkCaseTarget, type CaseFieldValues, changesOf } from './case-move-fields.ts';
import { CaseStateTag } from './case-state-tag.tsx';
import { type CaseWords, useCaseWords } from './use-case-words.ts';

const MOST_AT_ONCE = 1000;

export interface BulkCaseDialogProps {
  readonly rows: readonly SeenRowJson[];
  readonly targets: readonly BulkCaseTarget[];
  readonly onDone: () => void;
  readonly onClose: () => void;
}

export function BulkCaseDialog({ rows, targets, onDone, onClose }: BulkCaseDialogProps) {
  const { t } = useTranslation();
  const words = useCaseWords();
  const { message } = App.useApp();
  const id = useId();
  const move = useMoveCases();
  const [act] = useState(makeAct);
  const [to, setTo] = useState<CaseState | null>(null);
  const [values, setValues] = useState<CaseFieldValues>({});
  const [reason, setReason] = useState('');
  const [preview, setPreview] = useState<BulkCaseMoveResultJson | null>(null);
  const [skips, setSkips] = useState(false);
  const isTooMany = rows.length > MOST_AT_ONCE;
  const refusedCount = preview?.refused.length ?? 0;
  const isReady = preview !== null && preview.moved > 0 && (refusedCount === 0 || skips);
  const target = targets.find((one) => one.to === to);

  const ask = (dryRun: boolean) => {
    if (to === null) return;
    const fields = changesOf(values);
    move.mutate(
      {
        act,
        move: {
          rows: [...rows],
          to,
          reason: reason.trim(),
          ...(Object.keys(fields).length > 0 && { fields }),
          dryRun,
          skipRefused: !dryRun && skips,
        },
      },
      {
        onSuccess: (result) => {
          if (dryRun) {
            setPreview(result);
            return;
          }
          void message.success(t('cases.bulk.done', { count: result.moved }));
          onDone();
          onClose();
        },
        // something changed since the preview; after silence the same act is sent again
        onError: (error) => {
          if (isAnswered(error)) setPreview(null);
        },
      },
    );
  };
  const forget = () => {
    setPreview(null);
    setSkips(false);
    move.reset();
  };
  return (
    <Modal
      open
      width={720}
      title={t('cases.bulk.title', { count: rows.length })}
      okText={preview === null ? t('cases.bulk.preview') : t('cases.bulk.apply', { count: preview.moved })}
      cancelText={t('cases.close')}
      confirmLoading={move.isPending}
      okButtonProps={{
        disabled: to === null || isTooMany || (preview !== null && !isReady),
        'data-testid': 'bulk-case-ok',
      }}
      onOk={() => ask(preview === null)}
      onCancel={onClose}
    >
      <div className={desk.stack} data-testid="bulk-case-dialog">
        {isTooMany ? <Alert type="warning" title={t('cases.bulk.most', { count: MOST_AT_ONCE })} /> : null}
        <div className={desk.field}>
          <label htmlFor={`${id}-to`}>{t('cases.bulk.to')}</label>
          <Select
            id={`${id}-to`}
            value={to}
            options={targets.map((one) => ({ value: one.to, label: words.state(one.to) }))}
            onChange={(state) => {
              setTo(state);
              setValues({});
              forget();
            }}
            data-testid="bulk-case-to"
          />
        </div>
        <CaseFieldInputs
          fields={target?.fields ?? []}
          values={values}
          onChange={(field, value) => {
            setValues({ ...values, [field]: value });
            forget();
          }}
        />
        {target?.asksReason ? (
          <div className={desk.field}>
            <label htmlFor={`${id}-reason`}>{t('cases.reasonOptional')}</label>
            <Input
              id={`${id}-reason`}
              value={reason}
              maxLength={500}
              onChange={(event) => {
                setReason(event.target.value);
                forget();
              }}
            />
          </div>
        ) : null}
        <RefusalNote error={move.error} />
        {preview === null ? null : (
          <>
            <Alert
              type={preview.moved > 0 ? 'success' : 'warning'}
              title={
                preview.moved > 0 ? t('cases.bulk.moved', { count: preview.moved }) : t('cases.bulk.none')
              }
              data-testid="bulk-case-preview"
            />
            {refusedCount > 0 ? <Refused refused={preview.refused} words={words} /> : null}
            {refusedCount > 0 && preview.moved > 0 ? (
              <Checkbox
                checked={skips}
                onChange={(event) => setSkips(event.target.checked)}
                data-testid="bulk-case-skip"
              >
                {t('cases.bulk.skip', { count: refusedCount })}
              </Checkbox>
            ) : null}
          </>
        )}
      </div>
    </Modal>
  );
}

interface RefusedProps {
  readonly refused: BulkCaseMoveResultJson['refused'];
  readonly words: CaseWords;
}

function Refused({ refused, words }: RefusedProps) {
  const { t } = useTranslation();
  return (
    <section>
      <h3 className={desk.heading}>{t('cases.bulk.refused', { count: refused.length })}</h3>
      <Table
        size="small"
        rowKey="id"
        dataSource={refused}
        pagination={{ pageSize: 5, hideOnSinglePage: true, showSizeChanger: false }}
        scroll={{ x: 520 }}
        columns={[
          {
            key: 'case',
            title: t('cases.column.number'),
            width: 200,
            render: (_, row) =>
              [row.number, row.siteName].filter(Boolean).join(' · ') || t('cases.bulk.unseen'),
          },
          {
            key: 'state',
            title: t('cases.column.state'),
            width: 110,
            render: (_, row) => (row.state === null ? '—' : <CaseStateTag state={row.state} words={words} />),
          },
          {
            key: 'why',
            title: t('cases.bulk.why'),
            render: (_, row) => `${words.sentence(row.message)} ${words.sentence(row.hint)}`.trim(),
          },
        ]}
      />
    </section>
  );
}
