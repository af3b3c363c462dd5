// A submitted batch taken back by its submitter, with the reason.
import { App } from 'antd';
import type { BatchJson } from '../../../server/contract/batches.ts';
import { useWorkOnBatch } from '../../api/batches.ts';
import { ReasonDialog } from '../library/reason-dialog.tsx';
import type { BatchWords } from './use-batch-words.ts';

export interface WithdrawDialogProps {
  readonly batch: BatchJson;
  readonly words: BatchWords;
  readonly onClose: () => void;
}

export function WithdrawDialog({ batch, words, onClose }: WithdrawDialogProps) {
  const { t } = words;
  const { message } = App.useApp();
  const work = useWorkOnBatch();
  return (
    <ReasonDialog
      title={t('batches.act.withdrawTitle')}
      note={t('batches.act.withdrawNote')}
      okText={t('batches.act.withdraw')}
      reasonNeeded
      danger
      isPending={work.isPending}
      error={work.error}
      onOk={(reason) =>
        work.mutate(
          { batch, work: { kind: 'withdraw', reason } },
          {
            onSuccess: () => {
              void message.success(t('batches.act.withdrawn'));
              onClose();
            },
          },
        )
      }
      onClose={onClose}
    />
  );
}
