// Many resources into one state: first what would change and what is refused and why, then the change itself.
import { Alert, App, Checkbox, Input, Modal, Select, Table } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResourceState } from '../../../engine/index.ts';
import type { BulkMoveResultJson } from '../../../server/contract/resources.ts';
import type { SeenRowJson } from '../../../server/contract/shared.ts';
import { useConfirmResources, useMoveResources } from '../../api/resources.ts';
import { inLanguage } from '../../format/language.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import styles from './library.module.css';
import type { bulkTargets } from './resource-acts.ts';
import { StateTag } from './state-tag.tsx';
import { useLibraryWords } from './use-library-words.ts';

const MOST_AT_ONCE = 10_000;
/** Among the states: the owner's consent moves nothing, and everything waits for it. */
const CONSENT = 'consent';

export interface BulkMoveDialogProps {
  readonly rows: readonly SeenRowJson[];
  readonly targets: ReturnType<typeof bulkTargets>;
  /** The person may consent for the owner. */
  readonly confirms: boolean;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

export function BulkMoveDialog({ rows, targets, confirms, onDone, onClose }: BulkMoveDialogProps) {
  const { t } = useTranslation();
  const words = useLibraryWords();
  const { message } = App.useApp();
  const id = useId();
  const moving = useMoveResources();
  const confirming = useConfirmResources();
  const [to, setTo] = useState<ResourceState | typeof CONSENT | null>(null);
  const move = to === CONSENT ? confirming : moving;
  const [reason, setReason] = useState('');
  const [preview, setPreview] = useState<BulkMoveResultJson | null>(null);
  const [skips, setSkips] = useState(false);
  const isTooMany = rows.length > MOST_AT_ONCE;
  const refusedCount = preview?.refused.length ?? 0;
  const isReady = preview !== null && preview.moved > 0 && (refusedCount === 0 || skips);
  const asksReason = targets.some((target) => target.to === to && target.asksReason);
  const lacksReason = asksReason && reason.trim() === '';

  const ask = (dryRun: boolean) => {
    if (to === null) return;
    const act = { rows: [...rows], reason: reason.trim(), dryRun, skipRefused: !dryRun && skips };
    const then = {
      onSuccess: (result: BulkMoveResultJson) => {
        if (dryRun) {
          setPreview(result);
          return;
        }
        void message.success(t('library.bulk.done', { count: result.moved }));
        onDone();
        onClose();
      },
      // something changed since the preview
      onError: () => setPreview(null),
    };
    if (to === CONSENT) confirming.mutate(act, then);
    else moving.mutate({ ...act, to }, then);
  };
  const forget = () => {
    setPreview(null);
    setSkips(false);
    moving.reset();
    confirming.reset();
  };
  return (
    <Modal
      open
      width={720}
      title={t('library.bulk.title', { count: rows.length })}
      okText={
        preview === null ? t('library.bulk.preview') : t('library.bulk.apply', { count: preview.moved })
      }
      cancelText={t('library.drawer.cancel')}
      confirmLoading={move.isPending}
      okButtonProps={{
        disabled: to === null || isTooMany || lacksReason || (preview !== null && !isReady),
        'data-testid': 'bulk-ok',
      }}
      onOk={() => ask(preview === null)}
      onCancel={onClose}
    >
      <div className={styles.stack} data-testid="bulk-dialog">
        {isTooMany ? <Alert type="warning" title={t('library.bulk.most')} /> : null}
        <div className={styles.field}>
          <label htmlFor={`${id}-to`}>{t('library.bulk.to')}</label>
          <Select
            id={`${id}-to`}
            value={to}
            options={[
              ...(confirms ? [{ value: CONSENT, label: t('library.bulk.consent') }] : []),
              ...targets.map((target) => ({
                value: target.to,
                label: t('library.bulk.become', { state: words.state(target.to) }),
              })),
            ]}
            onChange={(state) => {
              setTo(state);
              forget();
            }}
            data-testid="bulk-to"
          />
        </div>
        {asksReason ? (
          <div className={styles.field}>
            <label htmlFor={`${id}-reason`}>{t('library.reason.label')}</label>
            <Input
              id={`${id}-reason`}
              value={reason}
              maxLength={500}
              onChange={(event) => {
                setReason(event.target.value);
                forget();
              }}
              data-testid="bulk-reason"
            />
            {lacksReason ? <small>{t('library.reason.needed')}</small> : null}
          </div>
        ) : null}
        <RefusalNote error={move.error} />
        {preview === null ? null : (
          <>
            <Alert
              type={preview.moved > 0 ? 'success' : 'warning'}
              title={
                preview.moved > 0 ? t('library.bulk.moved', { count: preview.moved }) : t('library.bulk.none')
              }
              data-testid="bulk-preview"
            />
            {refusedCount > 0 ? <Refused refused={preview.refused} /> : null}
            {refusedCount > 0 && preview.moved > 0 ? (
              <Checkbox
                checked={skips}
                onChange={(event) => setSkips(event.target.checked)}
                data-testid="bulk-skip"
              >
                {t('library.bulk.skip', { count: refusedCount })}
              </Checkbox>
            ) : null}
          </>
        )}
      </div>
    </Modal>
  );
}

function Refused({ refused }: { readonly refused: BulkMoveResultJson['refused'] }) {
  const { t } = useTranslation();
  const words = useLibraryWords();
  return (
    <section className={styles.group}>
      <h3>{t('library.bulk.refused', { count: refused.length })}</h3>
      <Table
        size="small"
        rowKey="id"
        dataSource={refused}
        pagination={{ pageSize: 5, hideOnSinglePage: true, showSizeChanger: false }}
        scroll={{ x: 520 }}
        columns={[
          {
            key: 'resource',
            title: t('library.bulk.resource'),
            width: 200,
            render: (_, row) => row.name || row.code || t('library.bulk.unseen'),
          },
          {
            key: 'state',
            title: words.field('state'),
            width: 120,
            render: (_, row) => (row.state === null ? '—' : <StateTag state={row.state} words={words} />),
          },
          {
            key: 'why',
            title: t('library.bulk.why'),
            render: (_, row) =>
              `${inLanguage(row.message, words.language)} ${inLanguage(row.hint, words.language)}`.trim(),
          },
        ]}
      />
    </section>
  );
}
