// The same done to many accounts: first what would happen, who is refused and why, then the act itself.
import { Alert, App, Checkbox, Input, Modal, Table } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountAct, BulkAccountResultJson } from '../../../server/contract/people.ts';
import type { SeenRowJson } from '../../../server/contract/shared.ts';
import { useBulkAccounts } from '../../api/accounts.ts';
import { inLanguage } from '../../format/language.ts';
import { useLanguage } from '../../format/use-language.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import desk from '../shell/desk.module.css';

const MOST_AT_ONCE = 1000;

export interface BulkAccountsDialogProps {
  readonly rows: readonly SeenRowJson[];
  readonly act: AccountAct;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

export function BulkAccountsDialog({ rows, act, onDone, onClose }: BulkAccountsDialogProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const reasonId = useId();
  const bulk = useBulkAccounts();
  const [reason, setReason] = useState('');
  const [preview, setPreview] = useState<BulkAccountResultJson | null>(null);
  const [skips, setSkips] = useState(false);
  const isTooMany = rows.length > MOST_AT_ONCE;
  const refused = preview?.refused ?? [];
  const isReady = preview !== null && preview.done > 0 && (refused.length === 0 || skips);
  const ask = () => {
    const dryRun = preview === null;
    bulk.mutate(
      { rows: [...rows], act, reason: reason.trim(), dryRun, skipRefused: !dryRun && skips },
      {
        onSuccess: (result) => {
          if (dryRun) {
            setPreview(result);
            return;
          }
          void message.success(
            t('people.bulk.done', { act: t(`people.bulk.act.${act}`), count: result.done }),
          );
          onDone();
          onClose();
        },
        // something changed since the preview
        onError: () => setPreview(null),
      },
    );
  };
  return (
    <Modal
      open
      width={640}
      title={t('people.bulk.title', { act: t(`people.bulk.act.${act}`), count: rows.length })}
      okText={
        preview === null
          ? t('people.bulk.preview')
          : t('people.bulk.apply', { act: t(`people.bulk.act.${act}`), count: preview.done })
      }
      cancelText={t('people.form.cancel')}
      confirmLoading={bulk.isPending}
      okButtonProps={{
        danger: act === 'disable' && preview !== null,
        disabled: isTooMany || (preview !== null && !isReady),
        'data-testid': 'people-bulk-ok',
      }}
      onOk={ask}
      onCancel={onClose}
    >
      <div className={desk.stack} data-testid="people-bulk-dialog">
        {isTooMany ? <Alert type="warning" title={t('people.bulk.most', { most: MOST_AT_ONCE })} /> : null}
        <span className={desk.soft}>{t(`people.bulk.note.${act}`)}</span>
        <div className={desk.field}>
          <label htmlFor={reasonId}>{t('people.bulk.reason')}</label>
          <Input
            id={reasonId}
            value={reason}
            maxLength={500}
            onChange={(event) => setReason(event.target.value)}
            data-testid="people-bulk-reason"
          />
        </div>
        <RefusalNote error={bulk.error} />
        {preview === null ? null : (
          <>
            <Alert
              type={preview.done > 0 ? 'success' : 'warning'}
              title={
                preview.done === 0
                  ? t('people.bulk.none')
                  : t(preview.sessions + preview.tokens > 0 ? 'people.bulk.willEnd' : 'people.bulk.will', {
                      act: t(`people.bulk.act.${act}`),
                      count: preview.done,
                      sessions: preview.sessions,
                      tokens: preview.tokens,
                    })
              }
              data-testid="people-bulk-preview"
            />
            {refused.length > 0 ? <Refused refused={refused} /> : null}
            {refused.length > 0 && preview.done > 0 ? (
              <Checkbox
                checked={skips}
                onChange={(event) => setSkips(event.target.checked)}
                data-testid="people-bulk-skip"
              >
                {t('people.bulk.skip', { count: refused.length })}
              </Checkbox>
            ) : null}
          </>
        )}
      </div>
    </Modal>
  );
}

function Refused({ refused }: Pick<BulkAccountResultJson, 'refused'>) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <Table
      size="small"
      rowKey="id"
      dataSource={refused}
      pagination={{ pageSize: 5, hideOnSinglePage: true, showSizeChanger: false }}
      scroll={{ x: 300 }}
      columns={[
        {
          key: 'name',
          title: t('people.column.name'),
          width: 130,
          render: (_, row) =>
            row.name === null ? t('people.bulk.unseen') : `${row.name} ${row.login ?? ''}`,
        },
        {
          key: 'why',
          title: t('people.bulk.why'),
          render: (_, row) => `${inLanguage(row.message, language)} ${inLanguage(row.hint, language)}`.trim(),
        },
      ]}
    />
  );
}
