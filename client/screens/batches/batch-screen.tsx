// One review batch: loads it with all its rows and opens the desk on it.
import { Empty, Spin } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useBatch, useBatchRows } from '../../api/batches.ts';
import { ApiError, describeError } from '../../api/fetch-reply.ts';
import { useLanguage } from '../../format/use-language.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { LinkButton } from '../../parts/link-button.tsx';
import { Page } from '../../parts/page.tsx';
import { useMe } from '../../state/session.ts';
import { BatchDesk } from './batch-desk.tsx';

export function BatchScreen() {
  const batchId = useParams().batchId ?? '';
  const { t } = useTranslation();
  const language = useLanguage();
  const me = useMe();
  const batch = useBatch(batchId);
  const rows = useBatchRows(batchId);
  const error = batch.error ?? rows.error;
  // a refetch that fails leaves what is shown
  if (batch.data !== undefined && rows.data !== undefined && me !== null)
    return <BatchDesk key={batchId} batch={batch.data} rows={rows.data} me={me} />;
  return (
    <Page title={t('batches.title')} width="full" testId="batch-screen">
      {error instanceof ApiError && error.status === 404 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('batches.desk.notFound')}>
          <LinkButton to="/batches">{t('batches.desk.back')}</LinkButton>
        </Empty>
      ) : error ? (
        <ErrorNote
          {...describeError(error, language)}
          retryLabel={t('shell.retry')}
          onRetry={() => void Promise.all([batch.refetch(), rows.refetch()])}
        />
      ) : (
        <Spin />
      )}
    </Page>
  );
}
