// A new batch out of chosen rows of another screen: the button beside them, and the dialog once it is asked for.
import { Button, Spin } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BatchSource } from './new-batch-dialog.tsx';

const NewBatchDialog = lazy(async () => ({
  default: (await import('./new-batch-dialog.tsx')).NewBatchDialog,
}));

/** As many rows as a batch may have. */
const MOST_ROWS = 1_000;

export interface NewBatchButtonProps {
  readonly rows: number;
  readonly source: BatchSource;
}

export function NewBatchButton({ rows, source }: NewBatchButtonProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const isTooMany = rows > MOST_ROWS;
  return (
    <>
      <Button
        size="small"
        type="primary"
        disabled={rows === 0 || isTooMany}
        {...(isTooMany && { title: t('batches.create.most', { rows: MOST_ROWS }) })}
        onClick={() => setOpen(true)}
        data-testid="new-batch-of-rows"
      >
        {t('batches.newBatch')}
      </Button>
      {isOpen ? (
        <Suspense fallback={<Spin fullscreen />}>
          <NewBatchDialog source={source} onPlan={null} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
