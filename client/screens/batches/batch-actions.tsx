// What can be done with the batch as a whole: submit, withdraw, urge, hand over, write the head of its letter, close, take the files.
import { DownloadOutlined, EnvironmentOutlined } from '@ant-design/icons';
import { App, Button, Dropdown, Popconfirm } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { BatchJson } from '../../../server/contract/batches.ts';
import { type BatchFile, batchFileUrl, useRemoveBatch, useWorkOnBatch } from '../../api/batches.ts';
import { describeError } from '../../api/fetch-reply.ts';
import { formatCount } from '../../format/numbers.ts';
import { LinkButton } from '../../parts/link-button.tsx';
import { download } from '../../state/download.ts';
import type { BatchActs } from './batch-acts.ts';
import { BatchHistory } from './batch-history.tsx';
import styles from './batches.module.css';
import { CloseDialog } from './close-dialog.tsx';
import { HeadDialog } from './head-dialog.tsx';
import type { BatchWords } from './use-batch-words.ts';
import { type Verb, VerbMenu } from './verb-menu.tsx';
import { WithdrawDialog } from './withdraw-dialog.tsx';

const files: readonly BatchFile[] = ['annex.xlsx', 'annex.pdf', 'letter.xlsx', 'letter.pdf'];

export interface BatchActionsProps {
  readonly batch: BatchJson;
  readonly acts: BatchActs;
  /** Acts on rows that have not reached the service. */
  readonly unsent: number;
  readonly words: BatchWords;
  readonly onKeys: () => void;
  readonly onVerb: (verb: Verb) => void;
  readonly onRow: (id: string) => void;
}

export function BatchActions({ batch, acts, unsent, words, onKeys, onVerb, onRow }: BatchActionsProps) {
  const { t, language } = words;
  const [open, setOpen] = useState<'close' | 'withdraw' | 'head' | null>(null);
  const isReady = batch.counts.rows > 0 && batch.counts.undecided === 0;
  const close = () => setOpen(null);
  return (
    <>
      <Button type="text" className={styles.keys ?? ''} onClick={onKeys} data-testid="batch-keys">
        {t('batches.act.keys')} ?
      </Button>
      {batch.planId === null ? null : (
        <LinkButton to={`/?plan=${encodeURIComponent(batch.planId)}`} icon={<EnvironmentOutlined />}>
          {t('batches.act.map')}
        </LinkButton>
      )}
      <BatchHistory batch={batch} />
      <VerbMenu acts={acts} words={words} onVerb={onVerb} />
      {acts.edit ? (
        <Button onClick={() => setOpen('head')} data-testid="batch-edit">
          {t('batches.act.edit')}
        </Button>
      ) : null}
      {acts.withdraw && batch.state === '草稿' ? <RemoveDraft batch={batch} words={words} /> : null}
      {acts.withdraw && batch.state !== '草稿' ? (
        <Button onClick={() => setOpen('withdraw')} data-testid="batch-withdraw">
          {t('batches.act.withdraw')}
        </Button>
      ) : null}
      {acts.submit ? <Submit batch={batch} words={words} /> : null}
      {batch.state === '已关闭' && acts.export ? (
        <Dropdown
          trigger={['click']}
          menu={{
            items: files.map((key) => ({
              key,
              label: <span data-testid={`batch-file-${key}`}>{t(`batches.file.${key}`)}</span>,
            })),
            onClick: ({ key }) => {
              const file = files.find((one) => one === key);
              if (file !== undefined)
                void download(`${batch.number ?? batch.id}-${file}`, batchFileUrl(batch.id, file));
            },
          }}
        >
          <Button type="primary" icon={<DownloadOutlined />} data-testid="batch-download">
            {t('batches.act.download')}
          </Button>
        </Dropdown>
      ) : null}
      {acts.close ? (
        <Button
          type={isReady ? 'primary' : 'default'}
          onClick={() => setOpen('close')}
          title={t('batches.desk.progress', {
            decided: formatCount(batch.counts.rows - batch.counts.undecided, language),
            rows: formatCount(batch.counts.rows, language),
          })}
          data-testid="batch-close"
        >
          {t('batches.act.close')}
        </Button>
      ) : null}
      {open === 'close' ? (
        <CloseDialog batch={batch} unsent={unsent} words={words} onRow={onRow} onClose={close} />
      ) : null}
      {open === 'withdraw' ? <WithdrawDialog batch={batch} words={words} onClose={close} /> : null}
      {open === 'head' ? <HeadDialog batch={batch} words={words} onClose={close} /> : null}
    </>
  );
}

interface OneActProps {
  readonly batch: BatchJson;
  readonly words: BatchWords;
}

function Submit({ batch, words }: OneActProps) {
  const { t, language } = words;
  const { message } = App.useApp();
  const work = useWorkOnBatch();
  return (
    <Popconfirm
      title={t('batches.act.submitAsk', { rows: formatCount(batch.counts.rows, language) })}
      okText={t('batches.act.submit')}
      cancelText={t('batches.act.cancel')}
      okButtonProps={{ 'data-testid': 'batch-submit-ok' }}
      onConfirm={() =>
        work.mutate(
          { batch, work: { kind: 'submit' } },
          {
            onSuccess: () => void message.success(t('batches.act.submitted')),
            onError: (error) => {
              const { message: what, hint } = describeError(error, language);
              void message.error(`${what} ${hint}`);
            },
          },
        )
      }
    >
      <Button type="primary" loading={work.isPending} data-testid="batch-submit">
        {t('batches.act.submit')}
      </Button>
    </Popconfirm>
  );
}

function RemoveDraft({ batch, words }: OneActProps) {
  const { t, language } = words;
  const { message } = App.useApp();
  const navigate = useNavigate();
  const remove = useRemoveBatch();
  return (
    <Popconfirm
      title={t('batches.act.removeAsk')}
      okText={t('batches.act.remove')}
      cancelText={t('batches.act.cancel')}
      okButtonProps={{ danger: true, 'data-testid': 'batch-remove-ok' }}
      onConfirm={() =>
        remove.mutate(batch, {
          onSuccess: () => void navigate('/batches'),
          onError: (error) => void message.error(describeError(error, language).message),
        })
      }
    >
      <Button danger loading={remove.isPending} data-testid="batch-remove">
        {t('batches.act.remove')}
      </Button>
    </Popconfirm>
  );
}
