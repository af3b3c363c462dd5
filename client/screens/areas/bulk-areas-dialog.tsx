// Many areas one step on: first what would happen and what is refused and why, then the step itself.
import { Alert, App, Checkbox, Input, Modal, Table } from 'antd';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AreaState } from '../../../engine/index.ts';
import type { AreaJson, AreaMovesResultJson } from '../../../server/contract/areas.ts';
import { useMoveAreas } from '../../api/areas.ts';
import { isAnswered, makeAct } from '../../api/once-key.ts';
import { inLanguage } from '../../format/language.ts';
import { useLanguage } from '../../format/use-language.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import desk from '../shell/desk.module.css';

const MOST_AT_ONCE = 1000;

export interface BulkAreasDialogProps {
  readonly to: AreaState;
  readonly areas: readonly AreaJson[];
  readonly onDone: () => void;
  readonly onClose: () => void;
}

export function BulkAreasDialog({ to, areas, onDone, onClose }: BulkAreasDialogProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const id = useId();
  const work = useMoveAreas();
  const [act] = useState(makeAct);
  // those the dialog was opened for, with the versions they were seen with
  const [rows] = useState(() => areas.map(({ id: areaId, version }) => ({ id: areaId, version })));
  const [reason, setReason] = useState('');
  const [documentNo, setDocumentNo] = useState('');
  const [preview, setPreview] = useState<AreaMovesResultJson | null>(null);
  const [skips, setSkips] = useState(false);
  const reasonNeeded = to === '退回';
  const lacksReason = reasonNeeded && reason.trim() === '';
  const isTooMany = rows.length > MOST_AT_ONCE;
  const refused = preview?.refused ?? [];
  const { mutate } = work;

  const ask = (dryRun: boolean) =>
    mutate(
      {
        act,
        moves: {
          rows,
          to,
          reason: reason.trim(),
          documentNo: documentNo.trim(),
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
          void message.success(t(`areas.done.${to}`, { count: result.moved }));
          onDone();
          onClose();
        },
        // something changed since the preview; after silence the same act is sent again
        onError: (error) => {
          if (isAnswered(error)) setPreview(null);
        },
      },
    );
  // a step without a question is looked at beforehand at once
  useEffect(() => {
    if (reasonNeeded || isTooMany) return;
    mutate(
      { act: makeAct(), moves: { rows, to, dryRun: true } },
      { onSuccess: (result) => setPreview(result) },
    );
  }, [mutate, rows, to, reasonNeeded, isTooMany]);
  const isReady = preview !== null && preview.moved > 0 && (refused.length === 0 || skips);
  return (
    <Modal
      open
      width={720}
      title={t('areas.bulk.title', { act: t(`areas.act.${to}`), count: rows.length })}
      okText={
        preview === null
          ? t('areas.bulk.preview')
          : t('areas.bulk.apply', { act: t(`areas.act.${to}`), count: preview.moved })
      }
      cancelText={t('shell.cancel')}
      confirmLoading={work.isPending}
      okButtonProps={{
        danger: to === '退回',
        disabled: isTooMany || lacksReason || (preview !== null && !isReady),
        'data-testid': 'areas-bulk-ok',
      }}
      onOk={() => ask(preview === null)}
      onCancel={onClose}
    >
      <div className={desk.stack} data-testid="areas-bulk-dialog">
        {isTooMany ? <Alert type="warning" title={t('areas.bulk.most', { most: MOST_AT_ONCE })} /> : null}
        <span>{t(`areas.means.${to}`)}</span>
        {to === '已批准' ? (
          <div className={desk.field}>
            <label htmlFor={`${id}-document`}>{t('areas.documentNo')}</label>
            <Input
              id={`${id}-document`}
              value={documentNo}
              maxLength={100}
              placeholder={t('areas.documentHint')}
              onChange={({ target }) => setDocumentNo(target.value)}
              data-testid="areas-bulk-document"
            />
          </div>
        ) : null}
        <div className={desk.field}>
          <label htmlFor={id}>{t(reasonNeeded ? 'cases.reason' : 'cases.reasonOptional')}</label>
          <Input
            id={id}
            value={reason}
            maxLength={500}
            onChange={({ target }) => {
              setReason(target.value);
              if (reasonNeeded) setPreview(null);
            }}
            data-testid="areas-bulk-reason"
          />
        </div>
        <RefusalNote error={work.error} />
        {preview === null ? null : (
          <>
            <Alert
              type={preview.moved > 0 ? 'success' : 'warning'}
              title={t(preview.moved > 0 ? 'areas.bulk.moved' : 'areas.bulk.none', { count: preview.moved })}
              data-testid="areas-bulk-preview"
            />
            {refused.length > 0 ? <Refused refused={refused} /> : null}
            {refused.length > 0 && preview.moved > 0 ? (
              <Checkbox
                checked={skips}
                onChange={(event) => setSkips(event.target.checked)}
                data-testid="areas-bulk-skip"
              >
                {t('areas.bulk.skip', { count: refused.length })}
              </Checkbox>
            ) : null}
          </>
        )}
      </div>
    </Modal>
  );
}

function Refused({ refused }: Pick<AreaMovesResultJson, 'refused'>) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <Table
      size="small"
      rowKey="id"
      dataSource={[...refused]}
      pagination={{ pageSize: 5, hideOnSinglePage: true, showSizeChanger: false }}
      scroll={{ x: 480 }}
      columns={[
        { key: 'name', title: t('areas.column.name'), width: 180, render: (_, { name, id }) => name ?? id },
        {
          key: 'state',
          title: t('areas.column.state'),
          width: 100,
          render: (_, { state }) => (state === null ? '—' : t(`areas.state.${state}`)),
        },
        {
          key: 'why',
          title: t('areas.bulk.why'),
          render: (_, { message, hint }) =>
            `${inLanguage(message, language)} ${inLanguage(hint, language)}`.trim(),
        },
      ]}
    />
  );
}
