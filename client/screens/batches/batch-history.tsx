// The way from a batch to its records, for those who may read them.
import { HistoryOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BatchJson } from '../../../server/contract/batches.ts';
import { useMay } from '../../state/session.ts';
import { TimelineDrawer } from '../audit/timeline-drawer.tsx';

export function BatchHistory({ batch }: { readonly batch: BatchJson }) {
  const { t } = useTranslation();
  const mayRead = useMay('audit:read');
  const [isOpen, setOpen] = useState(false);
  if (!mayRead) return null;
  return (
    <>
      <Button icon={<HistoryOutlined />} onClick={() => setOpen(true)} data-testid="batch-history">
        {t('batches.act.history')}
      </Button>
      {isOpen ? (
        <TimelineDrawer
          object="batch"
          objectId={batch.id}
          name={batch.number ?? batch.title}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  );
}
