// The result in one line above the map: did it reach the target, with how many sites, for how much, by which rule.
// Every share is printed with its rule; a preview is marked as one and offers nothing that needs a saved plan.
import { CloseOutlined, CopyOutlined, DownloadOutlined, DownOutlined } from '@ant-design/icons';
import { App, Button, Dropdown, Popover, Spin, Tag, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCoverageRules } from '../../api/catalogue.ts';
import { describeError } from '../../api/fetch-reply.ts';
import { type PlanExport, planExportUrl, useCreatePlan } from '../../api/plans.ts';
import { formatArea, formatDuration, formatLevel } from '../../format/measures.ts';
import { formatMoney } from '../../format/money.ts';
import { formatCount, formatShare } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { saveAddress } from '../../parts/save-file.ts';
import { clearFocus, focusPlan } from '../../state/focus.ts';
import { jobStore, watchJob } from '../../state/job.ts';
import { useStore } from '../../state/make-store.ts';
import { closePreview, previewStore } from '../../state/preview.ts';
import { type ShownPlan, useShownPlan } from '../../state/shown-plan.ts';
import { viewStore } from '../../state/view.ts';
import { statusColours } from './plan-status.ts';
import { useShowPlanBox } from './use-show-plan-box.ts';
import './plan.css';

export function PlanHeader() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { shown, plan, isLoading, error, retry } = useShownPlan();
  useShowPlanBox(shown);
  if (error !== null && error !== undefined && shown === null) {
    return (
      <header className="plan-header note">
        <ErrorNote
          {...describeError(error, language)}
          retryLabel={t('shell.retry')}
          onRetry={retry}
          extra={
            <Button size="small" onClick={() => focusPlan(null)}>
              {t('plan.actions.close')}
            </Button>
          }
        />
      </header>
    );
  }
  if (shown === null) {
    return (
      <header className="plan-header empty" data-testid="plan-header" data-kind="none">
        {isLoading ? <Spin size="small" /> : null}
        <strong>
          {isLoading
            ? t('shell.loading')
            : plan === null
              ? t('plan.none')
              : `${plan.name} · ${t(`plan.state.${plan.state}`)}`}
        </strong>
        <span className="soft">{t('plan.noneHint')}</span>
        <Link to="/plans">{t('plan.openList')}</Link>
      </header>
    );
  }
  return <Figures shown={shown} />;
}

function Figures({ shown }: { readonly shown: ShownPlan }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { summary } = shown;
  const isPreview = shown.kind === 'preview';
  const rule = useCoverageRules().data?.find((one) => one.word === summary.ruleWord);
  return (
    <header
      className={isPreview ? 'plan-header preview' : 'plan-header'}
      data-testid="plan-header"
      data-kind={shown.kind}
      data-status={summary.status}
      data-fingerprint={shown.fingerprint}
    >
      <div className="plan-title">
        <div className="plan-name">
          {isPreview ? <span className="preview-tag">{t('plan.preview')}</span> : null}
          <strong title={shown.name}>{shown.name}</strong>
          <Tag color={statusColours[summary.status]}>{t(`plan.status.${summary.status}`)}</Tag>
        </div>
        <small className="plan-rule" data-testid="plan-rule">
          {t('plan.rule', {
            word: language === 'en' ? (rule?.en ?? summary.ruleWord) : summary.ruleWord,
            share: formatShare(summary.targetShare, language, 0),
            weight: t(summary.weightBy === 'area' ? 'coverage.rule.byArea' : 'coverage.rule.byPeople'),
            threshold: formatLevel(summary.thresholdDbm, language),
            profile: summary.profileId,
          })}
        </small>
      </div>
      <dl className="plan-figures">
        <Figure
          name="sites"
          value={formatCount(summary.sites, language)}
          note={`${t('plan.figures.existingSites')} ${formatCount(summary.existingSites, language)}`}
        />
        <Figure name="cost" value={formatMoney(summary.costCny, language)} />
        <Figure
          name="covered"
          value={formatShare(summary.coveredShare, language)}
          tone={summary.coveredShare >= summary.targetShare - 1e-9 ? 'good' : 'bad'}
          note={`${t('plan.figures.binary')} ${formatShare(summary.coveredShareBinary, language)}`}
        />
        <Figure name="existing" value={formatShare(summary.existingShare, language)} />
        {summary.people === null ? null : (
          <Figure
            name="people"
            value={formatCount(summary.coveredPeople, language)}
            note={t('plan.figures.peopleOf', { total: formatCount(summary.people, language) })}
          />
        )}
        <Figure name="seconds" value={formatDuration(shown.seconds, language)} />
      </dl>
      <Actions shown={shown} />
    </header>
  );
}

interface FigureProps {
  readonly name: string;
  readonly value: string;
  readonly note?: string;
  readonly tone?: 'good' | 'bad';
}

function Figure({ name, value, note, tone }: FigureProps) {
  const { t } = useTranslation();
  return (
    <div data-testid={`figure-${name}`}>
      <dt>{t(`plan.figures.${name}`)}</dt>
      <dd data-tone={tone}>{value}</dd>
      {note === undefined ? null : <small>{note}</small>}
    </div>
  );
}

function Actions({ shown }: { readonly shown: ShownPlan }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const create = useCreatePlan();
  const jobPlanId = useStore(jobStore, (job) => job.planId);
  const planId = shown.plan?.id ?? null;

  const keepPreview = () => {
    const { request, choice } = previewStore.get();
    if (request === null || choice === null) return;
    create.mutate(
      {
        ...request,
        targetShare: choice.targetShare,
        budgetCny: choice.budgetCny,
        maxSites: choice.maxSites,
        refusedSiteIds: [...choice.refusedSiteIds],
        lockedSiteIds: [...choice.lockedSiteIds],
      },
      {
        onSuccess: (plan) => {
          watchJob(plan);
          viewStore.set({ leftOpen: true, leftTab: 'setup' });
        },
        onError: (error) => void message.error(describeError(error, language).message),
      },
    );
  };

  return (
    <div className="plan-actions">
      <Popover trigger="click" placement="bottomRight" content={<Details shown={shown} />}>
        <Button size="small" data-testid="plan-details">
          {t('plan.details')}
        </Button>
      </Popover>
      {planId === null ? (
        <Button
          size="small"
          type="primary"
          loading={create.isPending}
          disabled={jobPlanId !== null}
          onClick={keepPreview}
          data-testid="preview-keep"
        >
          {t('coverage.previewSave')}
        </Button>
      ) : (
        <>
          <ExportMenu planId={planId} />
          <Link to={`/plans/${encodeURIComponent(planId)}/review`}>
            <Button size="small" type="primary" data-testid="plan-review">
              {t('plan.actions.review')}
            </Button>
          </Link>
        </>
      )}
      <Tooltip title={t(planId === null ? 'coverage.previewClose' : 'plan.actions.close')}>
        <Button
          size="small"
          type="text"
          icon={<CloseOutlined />}
          aria-label={t(planId === null ? 'coverage.previewClose' : 'plan.actions.close')}
          onClick={() => {
            if (planId === null) closePreview();
            else focusPlan(null);
            clearFocus();
          }}
          data-testid="plan-close"
        />
      </Tooltip>
    </div>
  );
}

const exportFiles: readonly { readonly file: PlanExport; readonly words: string }[] = [
  { file: 'export.geojson', words: 'geojson' },
  { file: 'export.csv', words: 'csv' },
  { file: 'coverage.tif', words: 'tif' },
  { file: 'uncovered.geojson', words: 'uncovered' },
];

export function ExportMenu({ planId }: { readonly planId: string }) {
  const { t } = useTranslation();
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: exportFiles.map(({ file, words }) => ({
          key: file,
          label: <span data-testid={`export-${words}`}>{t(`plan.actions.${words}`)}</span>,
        })),
        onClick: ({ key, domEvent }) => {
          domEvent.stopPropagation();
          saveAddress('', planExportUrl(planId, key as PlanExport));
        },
      }}
    >
      <Button size="small" icon={<DownloadOutlined />} data-testid="plan-export">
        {t('plan.actions.export')} <DownOutlined />
      </Button>
    </Dropdown>
  );
}

function Details({ shown }: { readonly shown: ShownPlan }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const { summary, fingerprint } = shown;
  const rows: readonly (readonly [string, string])[] = [
    ['candidates', formatCount(summary.candidates, language)],
    ['existingSites', formatCount(summary.existingSites, language)],
    ['bins', formatCount(summary.bins, language)],
    ['indoor', formatCount(summary.indoorBins, language)],
    ['area', formatArea(summary.areaKm2, language)],
    ['best', formatShare(summary.bestShare, language)],
    ['binary', formatShare(summary.coveredShareBinary, language)],
    ['lineOfSight', t(`plan.figures.los.${summary.lineOfSight}`)],
    ['zone', `EPSG:${summary.epsg}`],
  ];
  return (
    <div className="plan-details">
      <dl className="facts">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`plan.figures.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {summary.assumedHeights > 0 ? (
        <p className="soft">{t('plan.figures.assumed', { count: summary.assumedHeights })}</p>
      ) : null}
      {fingerprint === null ? null : (
        <p className="fingerprint">
          <span className="soft">{t('plan.figures.fingerprint')}</span>
          <code data-testid="fingerprint">{fingerprint}</code>
          <Button
            type="text"
            size="small"
            icon={<CopyOutlined />}
            aria-label={t('plan.copyFingerprint')}
            onClick={() => {
              void navigator.clipboard?.writeText(fingerprint).then(() => message.success(t('plan.copied')));
            }}
          />
        </p>
      )}
    </div>
  );
}
