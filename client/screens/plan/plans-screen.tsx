// All plans, or those of a type, an office state or that wait, with their figures side by side; tick some to compare them with the first
// one ticked.
import { Empty, Spin } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { officeStates, planTypes, planWaitingWords } from '../../../engine/index.ts';
import { describeError } from '../../api/fetch-reply.ts';
import { usePlans } from '../../api/plans.ts';
import { useLanguage } from '../../format/use-language.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { LinkButton } from '../../parts/link-button.tsx';
import { Page } from '../../parts/page.tsx';
import { QueryBar } from '../../parts/query-bar.tsx';
import { ComparePanel } from './compare-panel.tsx';
import { type PlanFilter, readPlansQuery } from './plans-query.ts';
import { PlansTable } from './plans-table.tsx';
import './plan.css';

export function PlansScreen() {
  const { t } = useTranslation();
  const language = useLanguage();
  const [params, setParams] = useSearchParams();
  const query = readPlansQuery(params);
  const isFiltered = Object.keys(query).length > 0;
  const plans = usePlans(true, query);
  const [chosenIds, setChosenIds] = useState<readonly string[]>([]);
  const rows = plans.data ?? [];
  const chosen = chosenIds.flatMap((id) => rows.find((plan) => plan.id === id) ?? []);
  const choice = (key: PlanFilter, words: readonly string[], place: string) => ({
    key,
    label: t(`office.filter.${key}`),
    anyLabel: t(`office.any.${key}`),
    options: words.map((value) => ({ value, label: t(`${place}.${value}`) })),
    widthPx: 160,
  });
  return (
    <Page title={t('plan.list.title')} subtitle={t('plan.list.subtitle')} width="wide" testId="plans-screen">
      {plans.error ? (
        <ErrorNote
          {...describeError(plans.error, language)}
          retryLabel={t('shell.retry')}
          onRetry={() => void plans.refetch()}
        />
      ) : null}
      <QueryBar<PlanFilter>
        testId="plans"
        search={null}
        choices={[
          choice('office', officeStates, 'office.state'),
          choice('type', planTypes, 'office.type'),
          choice('waiting', planWaitingWords, 'office.waiting'),
        ]}
        values={{ type: null, office: null, waiting: null, ...query }}
        onChoose={(key, value) => setParams(changed({ ...query, [key]: value }))}
        isFiltered={isFiltered}
        onClear={() => setParams({})}
      />
      {plans.isLoading ? (
        <Spin />
      ) : rows.length === 0 ? (
        plans.error ? null : isFiltered ? (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('office.noneFound')} />
        ) : (
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

const changed = (values: Readonly<Record<string, string | null>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === null ? [] : [[key, value]])),
  );
