// A new plan from the judgements: what will be left out, progress of the run, then the difference to the plan before.
import { Alert, Button, Checkbox, Input, Modal, Progress, Radio } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { PlanItemJson, PlanJson } from '../../../server/contract/plans.ts';
import { describeError } from '../../api/fetch-reply.ts';
import { useCreatePlan } from '../../api/plans.ts';
import { inLanguage } from '../../format/language.ts';
import { formatCount } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { jobStore, watchJob } from '../../state/job.ts';
import { useStore } from '../../state/make-store.ts';
import { SearchButtons, SearchProgress } from '../plan/search-progress.tsx';
import { ComparePlans } from './compare-plans.tsx';
import { replanName, replanRequest } from './replan-request.ts';
import styles from './review.module.css';

export interface ReplanDialogProps {
  readonly plan: PlanJson;
  readonly rows: readonly PlanItemJson[];
  readonly onClose: () => void;
}

export function ReplanDialog({ plan, rows, onClose }: ReplanDialogProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [jobId, setJobId] = useState<string | null>(null);
  const job = useStore(jobStore, ({ latest }) => (latest !== null && latest.id === jobId ? latest : null));
  const isDone = job?.state === 'done';
  return (
    <Modal
      open
      title={t(isDone ? 'review.compare.title' : 'review.replanDialog.title')}
      onCancel={onClose}
      width={isDone ? 760 : 520}
      footer={
        isDone ? (
          <>
            <Button onClick={() => navigate(`/?plan=${encodeURIComponent(job.id)}`)}>
              {t('review.replanDialog.openMap')}
            </Button>
            <Button
              type="primary"
              onClick={() => navigate(`/plans/${encodeURIComponent(job.id)}/review`)}
              data-testid="replan-open-review"
            >
              {t('review.replanDialog.openReview')}
            </Button>
          </>
        ) : null
      }
    >
      {job === null ? (
        <Before plan={plan} rows={rows} onStarted={setJobId} />
      ) : isDone ? (
        <ComparePlans beforeId={plan.id} afterId={job.id} />
      ) : (
        <Running job={job} />
      )}
    </Modal>
  );
}

interface BeforeProps {
  readonly plan: PlanJson;
  readonly rows: readonly PlanItemJson[];
  readonly onStarted: (planId: string) => void;
}

function Before({ plan, rows, onStarted }: BeforeProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const id = useId();
  const create = useCreatePlan();
  const [name, setName] = useState(replanName(plan.name, t('review.replanDialog.word')));
  const [keepsAgreed, setKeepsAgreed] = useState(false);
  // a plan for several operators is always chosen afresh
  const isJoint = (plan.request.operators ?? []).length > 0;
  const [staysNear, setStaysNear] = useState(!isJoint);
  const idsOf = (decision: string) =>
    rows.filter((row) => row.review?.decision === decision).map((row) => row.site.id);
  const refusedIds = idsOf('不同意');
  const agreedIds = idsOf('同意');
  const start = async () => {
    const created = await create.mutateAsync(
      replanRequest(plan, name, { refusedIds, lockedIds: keepsAgreed ? agreedIds : [], stayNear: staysNear }),
    );
    watchJob(created);
    onStarted(created.id);
  };
  return (
    <div className={styles.dialog} data-testid="replan-dialog">
      {refusedIds.length === 0 ? (
        <Alert type="info" showIcon title={t('review.replanDialog.nothing')} />
      ) : (
        <p className={styles.preview} data-testid="replan-intro">
          {t('review.replanDialog.intro', { refused: formatCount(refusedIds.length, language) })}
        </p>
      )}
      <div className={styles.fieldColumn}>
        <label htmlFor={id}>{t('review.replanDialog.name')}</label>
        <Input
          id={id}
          value={name}
          maxLength={200}
          onChange={(event) => setName(event.target.value)}
          data-testid="replan-name"
        />
      </div>
      {agreedIds.length > 0 ? (
        <Checkbox
          checked={keepsAgreed}
          onChange={(event) => setKeepsAgreed(event.target.checked)}
          data-testid="replan-lock"
        >
          {t('review.replanDialog.lock', { agreed: formatCount(agreedIds.length, language) })}
        </Checkbox>
      ) : null}
      <Radio.Group
        value={staysNear}
        disabled={isJoint}
        onChange={(event) => setStaysNear(event.target.value === true)}
        className={styles.fieldColumn}
        aria-label={t('review.replanDialog.how')}
        data-testid="replan-how"
      >
        {[true, false].map((isNear) => (
          <Radio key={String(isNear)} value={isNear} data-testid={isNear ? 'replan-near' : 'replan-anew'}>
            {t(isNear ? 'review.replanDialog.near' : 'review.replanDialog.anew')}
            <small className={styles.how}>
              {t(isNear ? 'review.replanDialog.nearNote' : 'review.replanDialog.anewNote')}
            </small>
          </Radio>
        ))}
      </Radio.Group>
      {create.error ? <ErrorNote {...describeError(create.error, language)} /> : null}
      <div>
        <Button
          type="primary"
          autoFocus
          loading={create.isPending}
          disabled={name.trim() === ''}
          onClick={() => void start().catch(() => undefined)}
          data-testid="replan-start"
        >
          {t('review.replanDialog.start')}
        </Button>
      </div>
    </div>
  );
}

function Running({ job }: { readonly job: PlanJson }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (job.error) {
    return (
      <ErrorNote
        message={inLanguage(job.error.message, language)}
        hint={inLanguage(job.error.hint, language)}
        code={job.error.code}
      />
    );
  }
  if (job.state === 'cancelled')
    return <Alert type="info" showIcon title={t('review.replanDialog.cancelled')} />;
  const { progress } = job;
  const percent = progress && progress.total > 0 ? Math.floor((progress.done / progress.total) * 100) : 0;
  return (
    <div className={styles.dialog} data-testid="replan-progress" aria-live="polite">
      <span>
        {t('review.replanDialog.running')} · {t(`review.step.${progress?.step ?? 'queued'}`)}
      </span>
      <Progress percent={percent} status="active" />
      <SearchProgress />
      <SearchButtons plan={job} />
    </div>
  );
}
