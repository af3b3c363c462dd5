// The audit trail: filters and the open record in the address, before and after in a drawer.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useAuditPage } from '../../api/audit.ts';
import { Page } from '../../parts/page.tsx';
import styles from './audit.module.css';
import { type AuditView, changedView, readAuditView, writeAuditView } from './audit-query.ts';
import { AuditRecords } from './audit-records.tsx';
import { RecordDrawer } from './record-drawer.tsx';
import { useAuditWords } from './use-audit-words.ts';

export function AuditScreen() {
  const { t } = useTranslation();
  const words = useAuditWords();
  const [params, setParams] = useSearchParams();
  const view = useMemo(() => readAuditView(params), [params]);
  const change = (part: Partial<AuditView>) =>
    setParams(writeAuditView(changedView(view, part)), { replace: part.record === undefined });
  const latest = useAuditPage({ page: 1, pageSize: 1 }).data?.records[0];
  return (
    <Page
      title={t('audit.title')}
      subtitle={
        <>
          {t('audit.subtitle')}
          {latest === undefined ? null : (
            <span className={styles.chain} data-testid="audit-chain">
              {t('audit.chain', { seq: latest.seq, hash: latest.hash.slice(0, 16) })}
            </span>
          )}
        </>
      }
      width="full"
      testId="audit-screen"
    >
      <AuditRecords view={view} words={words} onChange={change} />
      {view.record === null ? null : (
        <RecordDrawer
          key={view.record}
          seq={view.record}
          words={words}
          onFilter={(filter) => change({ ...filter, record: null })}
          onClose={() => change({ record: null })}
        />
      )}
    </Page>
  );
}
