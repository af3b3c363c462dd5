// All plans with their figures side by side; tick some to compare them with the first one ticked.
import { Empty, Spin } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { describeError } from '../../api/fetch-reply.ts';
import { usePlans } from '../../api/plans.ts';
import { useLanguage } from '../../format/use-language.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { LinkButton } from '../../parts/link-button.tsx';
import { Page } from '../../parts/page.tsx';
import { ComparePanel } from './compare-panel.tsx';
import { PlansTable } from './plans-table.tsx';
import './plan.css';

export function PlansScreen() {
  const { t } = useTranslation();
  const language = useLanguage();
  const plans = usePlans();
  const [chosenIds, setChosenIds] = useState<readonly string[]>([]);
  const rows = plans.data ?? [];
  const chosen = chosenIds.flatMap((id) => rows.find((plan) => plan.id === id) ?? []);
  return (
    <Page title={t('plan.list.title')} subtitle={t('plan.list.subtitle')} width="wide" testId="plans-screen">
      {plans.error ? (
        <ErrorNote
          {...describeError(plans.error, language)}
          retryLabel={t('shell.retry')}
          onRetry={() => void plans.refetch()}
        />
      ) : null}
      {plans.isLoading ? (
        <Spin />
      ) : rows.length === 0 ? (
        plans.error ? null : (
          <Empty description={t('plan.list.empty')}>
            <p className="soft">{t('plan.list.emptyHint')}</p>
            <LinkButton to="/" type="primary">
              {t('plan.list.toMap')}
            </LinkButton>
          </Empty>
        )
      ) : (
        <>
          <PlansTable rows={rows} chosenIds={chosenIds} onChoose={setChosenIds} />
          {chosen.length >= 2 ? (
            <ComparePanel plans={chosen} onClear={() => setChosenIds([])} />
          ) : rows.length >= 2 ? (
            <p className="soft">{t('plan.list.compare')}</p>
          ) : null}
        </>
      )}
    </Page>
  );
}
