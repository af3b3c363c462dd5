// What is being computed now: the named steps of the job on the server, and of the preview on this machine.
import { CheckCircleFilled, CloseOutlined, LoadingOutlined } from '@ant-design/icons';
import { Button, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PlanJson } from '../../../server/contract/plans.ts';
import { describeError } from '../../api/fetch-reply.ts';
import { inLanguage } from '../../format/language.ts';
import { formatDuration } from '../../format/measures.ts';
import { useLanguage } from '../../format/use-language.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { forgetJob, jobStore } from '../../state/job.ts';
import { useStore } from '../../state/make-store.ts';
import { closePreview, previewStore } from '../../state/preview.ts';
import { useStaleGround } from '../../state/stale-ground.ts';
import { SearchButtons, SearchProgress } from '../plan/search-progress.tsx';

const serverSteps = ['load', 'grid', 'coverage', 'selection', 'plan', 'save'] as const;
const previewSteps = ['fetch', 'grid', 'coverage', 'selection', 'plan'] as const;

export function RunPanel() {
  return (
    <>
      <ServerRun />
      <PreviewRun />
    </>
  );
}

function ServerRun() {
  const { t } = useTranslation();
  const { planId, latest } = useStore(jobStore, (job) => job);
  if (latest === null) return null;
  const { name } = latest;
  if (planId === null) return <Ended plan={latest} />;
  const step = latest.progress?.step;
  return (
    <div className="run-panel" role="status" data-testid="job" data-step={step ?? 'queue'}>
      <div className="run-head">
        <strong>{t('coverage.running', { name })}</strong>
      </div>
      <Steps
        steps={serverSteps}
        step={step ?? null}
        done={latest.progress?.done ?? 0}
        total={latest.progress?.total ?? 0}
      />
      <SearchProgress />
      {step === undefined ? <small>{t('coverage.steps.queue')}</small> : null}
      <SearchButtons plan={latest} />
    </div>
  );
}

function Ended({ plan }: { readonly plan: PlanJson }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const close = (
    <Button
      type="text"
      size="small"
      icon={<CloseOutlined />}
      aria-label={t('shell.close')}
      onClick={forgetJob}
    />
  );
  if (plan.state === 'failed' && plan.error !== null) {
    return (
      <ErrorNote
        message={inLanguage(plan.error.message, language)}
        hint={inLanguage(plan.error.hint, language)}
        code={plan.error.code}
        extra={close}
      />
    );
  }
  const isDone = plan.state === 'done';
  return (
    <div className="run-panel ended" role="status" data-testid="job-ended" data-state={plan.state}>
      <div className="run-head">
        <span>
          {isDone ? <CheckCircleFilled className="good" /> : null}{' '}
          {t(isDone ? 'coverage.runDone' : 'coverage.runCancelled', { name: plan.name })}
        </span>
        {close}
      </div>
    </div>
  );
}

function PreviewRun() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { stage, progress, failure, seconds } = useStore(previewStore, (preview) => preview);
  const isStale = useStaleGround();
  if (stage === 'idle') return null;
  if (stage === 'failed') {
    const code = failure?.code ?? 'CLIENT_UNEXPECTED';
    const words =
      failure?.error != null
        ? describeError(failure.error, language)
        : {
            message: `${t('coverage.previewFailed')}${t(`coverage.problems.${code}`, { ...failure?.found, defaultValue: code })}`,
            hint: t(`coverage.problemHints.${code}`, { defaultValue: '' }),
            code,
          };
    return <ErrorNote {...words} />;
  }
  const isReady = stage === 'ready' || stage === 'choosing';
  const step = stage === 'fetching' ? 'fetch' : (progress?.step ?? 'grid');
  return (
    <div className="run-panel preview" role="status" data-testid="preview-run" data-stage={stage}>
      <div className="run-head">
        <strong>
          {isReady ? <span className="preview-tag">{t('plan.preview')}</span> : null}
          {isReady ? formatDuration(seconds, language) : t('coverage.previewRunning')}
        </strong>
        <Button size="small" onClick={closePreview} data-testid="preview-close">
          {t(isReady ? 'coverage.previewClose' : 'coverage.cancelRun')}
        </Button>
      </div>
      {isReady ? (
        <small data-testid="preview-note" data-stale={isStale}>
          {t(isStale ? 'coverage.previewStale' : 'coverage.previewReady')}
        </small>
      ) : (
        <Steps steps={previewSteps} step={step} done={progress?.done ?? 0} total={progress?.total ?? 0} />
      )}
    </div>
  );
}

interface StepsProps {
  readonly steps: readonly string[];
  readonly step: string | null;
  readonly done: number;
  readonly total: number;
}

function Steps({ steps, step, done, total }: StepsProps) {
  const { t } = useTranslation();
  const at = step === null ? -1 : steps.indexOf(step);
  const percent = total > 0 ? Math.min(100, Math.floor((done / total) * 100)) : 0;
  return (
    <ol className="run-steps">
      {steps.map((name, index) => (
        <li key={name} className={index < at ? 'past' : index === at ? 'now' : ''}>
          {index < at ? <CheckCircleFilled /> : index === at ? <LoadingOutlined /> : <i className="dot" />}
          <span>{t(`coverage.steps.${name}`)}</span>
          {index === at && total > 0 ? <Progress percent={percent} size="small" /> : null}
        </li>
      ))}
    </ol>
  );
}
