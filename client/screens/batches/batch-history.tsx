// What was done with a batch, for everybody who reads it: decisions, opinions, urges, handovers. Auditors go on to its records.
import { HistoryOutlined } from '@ant-design/icons';
import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { BatchJson } from '../../../server/contract/batches.ts';
import { useBatchHistory } from '../../api/batch-verbs.ts';
import { useMay } from '../../state/session.ts';
import { Moments } from '../audit/moments.tsx';

export function BatchHistory({ batch }: { readonly batch: BatchJson }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button icon={<HistoryOutlined />} onClick={() => setOpen(true)} data-testid="batch-history">
        {t('batches.act.history')}
      </Button>
      {isOpen ? <HistoryDrawer batch={batch} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function HistoryDrawer({ batch, onClose }: { readonly batch: BatchJson; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const mayAudit = useMay('audit:read');
  const reply = useBatchHistory(batch.id);
  return (
    <Drawer
      open
      size={480}
      title={`${t('batches.act.history')} · ${batch.number ?? batch.title}`}
      onClose={onClose}
      extra={
        mayAudit ? (
          <Link to={`/audit?object=batch&objectId=${encodeURIComponent(batch.id)}`}>
            {t('batches.act.historyAudit')}
          </Link>
        ) : null
      }
    >
      <Moments
        records={reply.data?.records}
        error={reply.error}
        columnWords="batches.record"
        valueWords={{
          state: 'batches.state',
          decision: 'batches.decision',
          opinion: 'batches.opinion',
          reasonCode: 'terms.reason',
          to: 'batches.urge.to',
          department: 'batches.department.option',
        }}
      />
    </Drawer>
  );
}
