// Matching everything the filters show: first what would be chosen, then, when somebody says so, the choice itself.
import { App, Modal, Spin, Table } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BulkMatchJson, BulkMatchResultJson } from '../../../server/contract/demands.ts';
import { useBulkMatch } from '../../api/demands.ts';
import { makeAct, newOnceKey } from '../../api/once-key.ts';
import { formatNumber } from '../../format/numbers.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import desk from '../shell/desk.module.css';
import styles from './demands.module.css';
import type { DemandWords } from './use-demand-words.ts';

export interface BulkMatchDialogProps {
  readonly filters: BulkMatchJson['filters'];
  readonly words: DemandWords;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

export function BulkMatchDialog({ filters, words, onDone, onClose }: BulkMatchDialogProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const look = useBulkMatch();
  const take = useBulkMatch();
  const [act] = useState(makeAct);
  const { mutate } = look;
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at once, for the filters the dialog was opened with
  useEffect(() => mutate({ match: { filters, dryRun: true }, once: newOnceKey() }), []);
  const seen = look.data;
  const run = () =>
    act
      .run((once) => take.mutateAsync({ match: { filters, dryRun: false }, once }))
      .then(({ matched }) => {
        void message.success(t('demands.bulk.done', { count: matched }));
        onDone();
      })
      // the note shows the refusal
      .catch(() => undefined);
  return (
    <Modal
      open
      width={760}
      title={t('demands.bulk.title')}
      okText={t('demands.bulk.take', { count: seen?.matched ?? 0 })}
      cancelText={t('library.drawer.cancel')}
      okButtonProps={{ disabled: (seen?.matched ?? 0) === 0, 'data-testid': 'bulk-match-ok' }}
      confirmLoading={take.isPending}
      onOk={() => void run()}
      onCancel={onClose}
    >
      <div className={desk.stack} data-testid="bulk-match">
        {look.isPending ? <Spin /> : null}
        <RefusalNote error={look.error ?? take.error} />
        {seen === undefined ? null : <Preview seen={seen} words={words} />}
      </div>
    </Modal>
  );
}

function Preview({ seen, words }: { readonly seen: BulkMatchResultJson; readonly words: DemandWords }) {
  const { t } = useTranslation();
  const without = seen.demands - seen.matched;
  return (
    <>
      <p className={desk.soft}>
        {t('demands.bulk.summary', { demands: seen.demands, matched: seen.matched, without })}
        {seen.left > 0 ? ` ${t('demands.bulk.left', { count: seen.left })}` : ''}
      </p>
      <div className={styles.preview}>
        <Table
          size="small"
          rowKey={({ demandId }) => demandId}
          dataSource={[...seen.rows]}
          pagination={{ pageSize: 20, showSizeChanger: false, hideOnSinglePage: true }}
          columns={[
            { title: words.field('demand'), ellipsis: true, render: (_, { name, code }) => name || code },
            { title: words.field('operator'), dataIndex: 'operator', ellipsis: true },
            {
              title: t('demands.bulk.candidates'),
              align: 'right',
              render: (_, { free, candidates }) => `${free} / ${candidates}`,
            },
            {
              title: t('demands.bulk.best'),
              ellipsis: true,
              render: (_, { best }) => (best === null ? t('demands.bulk.none') : best.name || best.code),
            },
            {
              title: t('demands.bulk.distance'),
              align: 'right',
              render: (_, { best }) => words.metres(best?.distanceM ?? null),
            },
            {
              title: t('demands.bulk.score'),
              align: 'right',
              render: (_, { best }) => formatNumber(best?.score ?? null, words.language, 1, 1),
            },
          ]}
        />
      </div>
    </>
  );
}
