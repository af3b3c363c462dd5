// A new batch out of the new sites of a plan, or of rows chosen in a plan, among the sites or in the library: one district, its rows with
// their failing checks beforehand, who it is for; kept as a draft or submitted at once.

import { Alert, App, Button, Checkbox, Empty, Input, Modal, Select, Spin } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { BatchPreviewJson, BatchPreviewRequestJson } from '../../../server/contract/batches.ts';
import { useBatchPreview, useCreateBatch } from '../../api/batches.ts';
import { useOperatorOptions } from '../../api/catalogue.ts';
import { usePlans } from '../../api/plans.ts';
import { formatDate } from '../../format/dates.ts';
import { formatCount } from '../../format/numbers.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import styles from './batches.module.css';
import { LeftOutSites, NewBatchRows } from './new-batch-rows.tsx';
import { worstCheck } from './row-rules.ts';
import { useBatchWords } from './use-batch-words.ts';

const LONGEST_TITLE = 200;

/** A plan, whole or some of its sites; or a list of sites, or of resources. */
export type BatchSource = Pick<BatchPreviewRequestJson, 'planId' | 'siteIds' | 'resourceIds'>;

export interface NewBatchDialogProps {
  /** Null: no plan is chosen yet. */
  readonly source: BatchSource | null;
  /** Null: the rows were chosen elsewhere, so there is no plan to choose. */
  readonly onPlan: ((planId: string) => void) | null;
  readonly onClose: () => void;
}

export function NewBatchDialog({ source, onPlan, onClose }: NewBatchDialogProps) {
  const { t } = useTranslation();
  const words = useBatchWords();
  const id = useId();
  const allPlans = usePlans().data ?? [];
  const plans = allPlans.filter(({ state }) => state === 'done');
  const planName = allPlans.find((plan) => plan.id === source?.planId)?.name ?? '';
  const [isBusy, setBusy] = useState(false);
  const chosen = source?.siteIds ?? source?.resourceIds ?? [];
  return (
    <Modal
      open
      width={920}
      title={t('batches.create.title')}
      onCancel={() => (isBusy ? undefined : onClose())}
      footer={null}
      mask={{ closable: false }}
    >
      <div className={styles.stack} data-testid="new-batch">
        {onPlan === null ? (
          <p className={styles.soft} data-testid="new-batch-source">
            {t(`batches.create.from.${source?.planId ? 'plan' : source?.siteIds ? 'sites' : 'resources'}`, {
              rows: formatCount(chosen.length, words.language),
              plan: planName,
            })}
          </p>
        ) : (
          <div className={styles.field}>
            <label htmlFor={id}>{t('batches.create.plan')}</label>
            <Select
              id={id}
              showSearch={{ optionFilterProp: 'label' }}
              value={source?.planId ?? null}
              placeholder={t('batches.create.planNone')}
              options={plans.map((plan) => ({ value: plan.id, label: plan.name }))}
              onChange={onPlan}
              data-testid="new-batch-plan"
            />
          </div>
        )}
        {source === null ? null : (
          <FromSource
            key={source.planId ?? 'list'}
            source={source}
            planName={planName}
            onBusy={setBusy}
            onClose={onClose}
          />
        )}
      </div>
    </Modal>
  );
}

interface FromSourceProps {
  readonly source: BatchSource;
  /** '' of a list. */
  readonly planName: string;
  readonly onBusy: (isBusy: boolean) => void;
  readonly onClose: () => void;
}

function FromSource({ source, planName, onBusy, onClose }: FromSourceProps) {
  const { t } = useTranslation();
  const operatorOptions = useOperatorOptions();
  const words = useBatchWords();
  const [districtCode, setDistrictCode] = useState<string | null>(null);
  const [forOperators, setOperators] = useState<string[]>([]);
  const request: BatchPreviewRequestJson = {
    ...source,
    ...(districtCode !== null && { districtCode }),
    ...(forOperators.length > 0 && { forOperators }),
  };
  const { data: preview, error, isFetching } = useBatchPreview(request);
  const isChosen = source.siteIds !== undefined || source.resourceIds !== undefined;
  if (error) return <RefusalNote error={error} />;
  if (preview === undefined) return <Spin />;
  return (
    <>
      {isChosen && preview.districts.length > 1 ? (
        <Alert
          type="info"
          showIcon
          title={t('batches.create.manyDistricts', { count: preview.districts.length })}
        />
      ) : null}
      <div className={styles.fields}>
        <div className={styles.field}>
          <span>{t('batches.create.district')}</span>
          <Select
            aria-label={t('batches.create.district')}
            value={preview.districtCode}
            loading={isFetching}
            options={preview.districts.map((one) => ({
              value: one.districtCode,
              label: t('batches.create.districtRows', {
                name: one.districtName,
                rows: formatCount(one.rows, words.language),
              }),
            }))}
            onChange={setDistrictCode}
            data-testid="new-batch-district"
          />
        </div>
        <div className={styles.field}>
          <span>{t('batches.create.operators')}</span>
          <Select
            mode="tags"
            aria-label={t('batches.create.operators')}
            value={forOperators}
            placeholder={t(
              preview.rows.some((row) => row.forOperators.length > 0)
                ? 'batches.create.operatorsPlanned'
                : 'batches.create.operatorsHint',
            )}
            tokenSeparators={[',', '，', '、']}
            options={operatorOptions}
            onChange={setOperators}
            data-testid="new-batch-operators"
          />
        </div>
      </div>
      {preview.districtCode === null || preview.rows.length === 0 ? (
        <>
          <Empty
            image={Empty.PRESENTED_IMAGE_SIMPLE}
            description={t(isChosen ? 'batches.create.noneFit' : 'batches.create.noRows')}
          />
          <LeftOutSites leftOut={preview.leftOut} words={words} />
        </>
      ) : (
        <Draft
          key={preview.districtCode}
          source={source}
          planName={planName}
          districtCode={preview.districtCode}
          preview={preview}
          forOperators={forOperators}
          onBusy={onBusy}
          onClose={onClose}
        />
      )}
    </>
  );
}

interface DraftProps extends FromSourceProps {
  readonly districtCode: string;
  readonly preview: BatchPreviewJson;
  readonly forOperators: string[];
}

function Draft({ source, planName, districtCode, preview, forOperators, onBusy, onClose }: DraftProps) {
  const { t } = useTranslation();
  const words = useBatchWords();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const id = useId();
  const create = useCreateBatch();
  const districtName =
    preview.districts.find((one) => one.districtCode === districtCode)?.districtName ?? districtCode;
  const [today] = useState(() => formatDate(new Date().toISOString(), words.language));
  const usualTitle =
    source.planId === undefined
      ? t('batches.create.nameOfList', { district: districtName, day: today })
      : t('batches.create.nameDefault', { plan: planName, district: districtName });
  const [ownTitle, setTitle] = useState<string | null>(null);
  const [head, setHead] = useState({ addressee: '', office: '', note: '' });
  const [excepted, setExcepted] = useState<ReadonlySet<string>>(new Set());
  const [onlyFailing, setOnlyFailing] = useState(false);
  const [isTried, setTried] = useState(false);
  const title = (ownTitle ?? usualTitle).slice(0, LONGEST_TITLE);
  const failing = preview.rows.filter((row) => worstCheck(row) === 'fail');
  const chosen = preview.rows.filter(({ siteId }) => !excepted.has(siteId)).length;
  const count = (value: number) => formatCount(value, words.language);
  const lacks = {
    title: title.trim() === '',
    // rows of a plan for several operators say themselves whom they are for
    operators: forOperators.length === 0 && preview.rows.some((row) => row.forOperators.length === 0),
  };
  const send = (submit: boolean) => {
    setTried(true);
    if (lacks.title || chosen === 0 || (submit && lacks.operators)) return;
    onBusy(true);
    create.mutate(
      {
        ...source,
        districtCode,
        ...(forOperators.length > 0 && { forOperators }),
        title: title.trim(),
        ...head,
        exceptSiteIds: [...excepted],
        submit,
      },
      {
        onSuccess: (batch) => {
          void message.success(
            submit
              ? t('batches.create.submitted', { number: batch.number ?? batch.title })
              : t('batches.create.created'),
          );
          void navigate(`/batches/${encodeURIComponent(batch.id)}`);
        },
        onSettled: () => onBusy(false),
      },
    );
  };
  const text = (key: keyof typeof head, longest: number) => (
    <div className={styles.field}>
      <label htmlFor={`${id}-${key}`}>{t(`batches.head.${key}`)}</label>
      <Input
        id={`${id}-${key}`}
        value={head[key]}
        maxLength={longest}
        {...(key === 'addressee' && { placeholder: t('batches.head.addresseeHint') })}
        onChange={({ target }) => setHead((now) => ({ ...now, [key]: target.value }))}
        data-testid={`new-batch-${key}`}
      />
    </div>
  );
  return (
    <>
      <div className={styles.field}>
        <label htmlFor={`${id}-title`}>{t('batches.create.name')}</label>
        <Input
          id={`${id}-title`}
          value={title}
          maxLength={LONGEST_TITLE}
          status={lacks.title ? 'error' : ''}
          onChange={({ target }) => setTitle(target.value)}
          data-testid="new-batch-title"
        />
      </div>
      <div className={styles.fields}>
        {text('addressee', 200)}
        {text('office', 200)}
      </div>
      {text('note', 2000)}
      <section className={styles.group}>
        <header className={styles.groupHead}>
          <h3>{t('batches.create.rows')}</h3>
          <span aria-live="polite" data-testid="new-batch-chosen">
            {t('batches.create.chosen', { chosen: count(chosen), rows: count(preview.rows.length) })}
          </span>
          {failing.length > 0 ? (
            <Checkbox checked={onlyFailing} onChange={({ target }) => setOnlyFailing(target.checked)}>
              {t('batches.create.onlyFailing')} ({count(failing.length)})
            </Checkbox>
          ) : null}
        </header>
        <NewBatchRows
          rows={onlyFailing ? failing : preview.rows}
          all={preview.rows}
          excepted={excepted}
          words={words}
          onExcept={setExcepted}
        />
      </section>
      <LeftOutSites leftOut={preview.leftOut} words={words} />
      <RefusalNote error={create.error} />
      {isTried && lacks.operators ? (
        <Alert type="warning" showIcon title={t('batches.create.operatorsMissing')} />
      ) : null}
      {isTried && lacks.title ? (
        <Alert type="error" showIcon title={t('batches.create.nameMissing')} />
      ) : null}
      <footer className={styles.footer}>
        <Button onClick={onClose} disabled={create.isPending}>
          {t('batches.act.cancel')}
        </Button>
        <Button
          onClick={() => send(false)}
          loading={create.isPending && create.variables?.submit === false}
          disabled={chosen === 0 || create.isPending}
          data-testid="new-batch-save"
        >
          {t('batches.create.saveDraft')}
        </Button>
        <Button
          type="primary"
          onClick={() => send(true)}
          loading={create.isPending && create.variables?.submit === true}
          disabled={chosen === 0 || create.isPending}
          data-testid="new-batch-submit"
        >
          {t('batches.create.submit')}
        </Button>
      </footer>
    </>
  );
}
