// The audit trail: filters in the address, records newest first, before and after on a click.
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useAuditPage } from '../../api/audit.ts';
import { describeError } from '../../api/fetch-reply.ts';
import { formatCount } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Page } from '../../parts/page.tsx';
import styles from './audit.module.css';
import { AuditFilterBar } from './audit-filter-bar.tsx';
import { type AuditFilters, auditQueryOf, readAuditFilters, writeAuditFilters } from './audit-query.ts';
import { AuditRecords } from './audit-records.tsx';
import { useAuditWords } from './use-audit-words.ts';

const pageSize = 50;

export function AuditScreen() {
  const { t } = useTranslation();
  const language = useLanguage();
  const words = useAuditWords();
  const [params, setParams] = useSearchParams();
  const filters = readAuditFilters(params);
  const page = useAuditPage(auditQueryOf(filters, pageSize));
  const latest = useAuditPage({ page: 1, pageSize: 1 }).data?.records[0];
  const filter = (change: Partial<AuditFilters>) =>
    setParams(writeAuditFilters({ ...filters, page: 1, ...change }), { replace: true });
  const total = page.data?.total ?? null;
  return (
    <Page title={t('audit.title')} subtitle={t('audit.subtitle')} width="wide" testId="audit-screen">
      <AuditFilterBar filters={filters} words={words} onChange={filter}>
        <span className={styles.count} aria-live="polite" data-testid="audit-total">
          {total === null ? '' : t('audit.total', { total: formatCount(total, language) })}
        </span>
      </AuditFilterBar>
      {page.error ? (
        <ErrorNote
          {...describeError(page.error, language)}
          retryLabel={t('shell.retry')}
          onRetry={() => void page.refetch()}
        />
      ) : null}
      <AuditRecords
        records={page.data?.records ?? []}
        words={words}
        isLoading={page.isPending || page.isPlaceholderData}
        page={{
          current: filters.page,
          pageSize,
          total: total ?? 0,
          onChange: (number) => filter({ page: number }),
        }}
        onFilter={filter}
      />
      {latest === undefined ? null : (
        <p className={styles.chain} data-testid="audit-chain">
          {t('audit.chain', { seq: latest.seq, hash: latest.hash.slice(0, 16) })}
        </p>
      )}
    </Page>
  );
}
