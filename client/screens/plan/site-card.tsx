// Everything about one site of the plan, or about one that was not taken: facts, reasons, what it displaced, the link
// budget to the far edge or to the clicked place, and what a person can do with it.
import { App, Button, Popconfirm, Spin, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { LinkBudget, LonLat, WhyNot } from '../../../engine/index.ts';
import type { LinkBudgetJson, ReviewJson, SiteCardJson } from '../../../server/contract/plans.ts';
import { describeError } from '../../api/fetch-reply.ts';
import { useCreatePlan, useSiteCard } from '../../api/plans.ts';
import { useSite } from '../../api/sites.ts';
import { formatPosition } from '../../format/coordinates.ts';
import { formatDateTime } from '../../format/dates.ts';
import { formatHeight } from '../../format/measures.ts';
import { formatMoney, formatMoneyDifference } from '../../format/money.ts';
import { formatCount, formatShare, formatSharePoints } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { focusSite, focusStore } from '../../state/focus.ts';
import { jobStore, watchJob } from '../../state/job.ts';
import { useStore } from '../../state/make-store.ts';
import { replanRequestOf } from '../../state/plan-form.ts';
import { previewStore, strikeInPreview, usePreviewExplanation } from '../../state/preview.ts';
import { type ShownItem, type ShownPlan, type ShownSite, useShownPlan } from '../../state/shown-plan.ts';
import { moveMapTo, viewStore } from '../../state/view.ts';
import { useSiteWords } from '../sites/use-site-words.ts';
import { CardFrame } from './focus-card.tsx';
import { LinkBudgetTable } from './link-budget-table.tsx';
import { decisionTags } from './plan-status.ts';
import { QuickReview } from './quick-review.tsx';
import { SiteLink } from './site-link.tsx';

interface CardContent {
  readonly site: ShownSite | null;
  readonly item: ShownItem | null;
  readonly whyNot: SiteCardJson['whyNot'];
  readonly linkBudget: LinkBudgetJson | null;
  readonly reviews: readonly ReviewJson[];
  readonly isLoading: boolean;
  readonly isBudgetLoading: boolean;
  readonly error: unknown;
  readonly retry: () => void;
}

export function SiteCard({ siteId }: { readonly siteId: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { shown } = useShownPlan();
  const receiver = useStore(focusStore, (focus) => focus.receiver);
  const card = useCardContent(shown, siteId, receiver);
  const { site, item } = card;

  if (site === null) {
    return (
      <CardFrame testId="site-card" title={siteId}>
        {card.isLoading ? (
          <Spin />
        ) : card.error ? (
          <ErrorNote
            {...describeError(card.error, language)}
            retryLabel={t('shell.retry')}
            onRetry={card.retry}
          />
        ) : (
          <p className="soft">{t('plan.card.notFound')}</p>
        )}
      </CardFrame>
    );
  }
  return (
    <CardFrame
      testId="site-card"
      title={site.name || site.code}
      subtitle={<CardTags site={site} item={item} shown={shown} />}
      foot={shown === null ? undefined : <CardActions shown={shown} site={site} item={item} />}
    >
      {item === null ? null : <Reasons item={item} />}
      {card.whyNot === null ? null : <NotChosen whyNot={card.whyNot} />}
      <Facts site={site} />
      {shown === null ? null : (
        <>
          <h3>{t('plan.card.linkBudget')}</h3>
          <LinkBudgetTable budget={card.linkBudget} isLoading={card.isBudgetLoading} receiver={receiver} />
        </>
      )}
      <History reviews={card.reviews} />
    </CardFrame>
  );
}

/** The card's content from the saved plan's API, from the preview worker, or from the library when there is no plan. */
function useCardContent(shown: ShownPlan | null, siteId: string, receiver: LonLat | null): CardContent {
  const isPreview = shown?.kind === 'preview';
  const planId = shown?.plan?.id ?? null;
  const saved = useSiteCard(planId, siteId, receiver);
  const explanation = usePreviewExplanation(isPreview ? siteId : null, receiver);
  const item = shown?.itemsBySite.get(siteId) ?? null;
  const library = useSite(item === null && !saved.data ? siteId : null);
  const fromLibrary = library.data ?? null;

  if (isPreview) {
    const site = item?.site ?? fromLibrary;
    return {
      site,
      item,
      whyNot: item === null && explanation ? mutableWhyNot(explanation.whyNot) : null,
      linkBudget: explanation?.linkBudget ? mutableBudget(explanation.linkBudget) : null,
      reviews: [],
      isLoading: library.isLoading,
      isBudgetLoading: explanation === undefined,
      error: site === null ? library.error : null,
      retry: () => void library.refetch(),
    };
  }
  return {
    site: item?.site ?? saved.data?.site ?? fromLibrary,
    item: saved.data?.item ?? item,
    whyNot: saved.data?.whyNot ?? null,
    linkBudget: saved.data?.linkBudget ?? null,
    reviews: saved.data?.reviews ?? [],
    isLoading: saved.isLoading || library.isLoading,
    isBudgetLoading: saved.isFetching,
    error: saved.error ?? library.error,
    retry: () => {
      void saved.refetch();
      void library.refetch();
    },
  };
}

function mutableWhyNot(whyNot: WhyNot | null): SiteCardJson['whyNot'] {
  return whyNot === null ? null : { ...whyNot, coveredBySiteIds: [...whyNot.coveredBySiteIds] };
}

function mutableBudget(budget: LinkBudget): LinkBudgetJson {
  return { ...budget, lines: budget.lines.map((line) => ({ ...line })) };
}

interface SiteAndItem {
  readonly shown: ShownPlan | null;
  readonly site: ShownSite;
  readonly item: ShownItem | null;
}

function CardTags({ shown, site, item }: SiteAndItem) {
  const { t } = useTranslation();
  const words = useSiteWords();
  return (
    <>
      {shown?.kind === 'preview' ? <span className="preview-tag">{t('plan.preview')}</span> : null}
      {item === null ? (
        <Tag>{shown === null ? words.term('status', site.status) : t('plan.card.candidate')}</Tag>
      ) : item.status === 'existing' ? (
        <Tag>{t('plan.card.existing')}</Tag>
      ) : (
        <Tag color="blue">{t('plan.card.rank', { rank: item.rank })}</Tag>
      )}
      <span className="soft">{words.resourceType(site.resourceType)}</span>
      {item?.review == null ? null : (
        <Tag color={decisionTags[item.review.decision]}>{words.term('decision', item.review.decision)}</Tag>
      )}
    </>
  );
}

function Reasons({ item }: { readonly item: ShownItem }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const isNew = item.status === 'new';
  return (
    <>
      <h3>{t('plan.card.why')}</h3>
      <p data-testid="placed-by">{t(`plan.card.placed.${item.placedBy}`)}</p>
      <dl className="gains">
        <div data-testid="gain">
          <dt>{t('plan.card.gain')}</dt>
          <dd>{formatSharePoints(item.gainWeightShare, language)}</dd>
          <small>
            {t('plan.card.gainBins', { bins: formatCount(item.gainBins, language) })}
            {item.gainPeople === null
              ? ''
              : ` · ${t('plan.card.gainPeople', { people: formatCount(item.gainPeople, language) })}`}
          </small>
        </div>
        <div>
          <dt>{t('plan.card.shareAfter')}</dt>
          <dd>{formatShare(item.shareAfter, language)}</dd>
        </div>
        <div data-testid="unique">
          <dt>{t('plan.card.unique')}</dt>
          <dd>{formatSharePoints(-item.uniqueWeightShare, language)}</dd>
          <small>
            {item.uniqueWeightShare < 0.00005
              ? t('plan.card.uniqueNothing')
              : item.uniquePeople === null
                ? ''
                : t('plan.card.gainPeople', { people: formatCount(item.uniquePeople, language) })}
          </small>
        </div>
      </dl>
      {isNew ? (
        <>
          <h3>{t('plan.card.displaced')}</h3>
          {item.displaced.length === 0 ? (
            <p className="soft">{t('plan.card.noneDisplaced')}</p>
          ) : (
            <>
              <p className="soft">{t('plan.card.displacedNote')}</p>
              <ul className="site-links" data-testid="displaced">
                {item.displaced.map((one) => (
                  <li key={one.siteId}>
                    <SiteLink siteId={one.siteId} onOpen={focusSite} />
                    <small>
                      {t('plan.card.overlap', { share: formatShare(one.overlapShare, language, 0) })}
                      {' · '}
                      {t('plan.card.extraCost', { money: formatMoneyDifference(one.extraCostCny, language) })}
                    </small>
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      ) : null}
    </>
  );
}

function NotChosen({ whyNot }: { readonly whyNot: NonNullable<SiteCardJson['whyNot']> }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <>
      <h3>{t('plan.card.whyNot')}</h3>
      <p data-testid="why-not">{t(`plan.card.whyNotReason.${whyNot.reason}`)}</p>
      <dl className="gains">
        <div>
          <dt>{t('plan.card.remaining')}</dt>
          <dd>{formatSharePoints(whyNot.remainingGainShare, language, 4)}</dd>
          {whyNot.costPerPointCny === null ? null : (
            <small>{t('plan.card.perPoint', { money: formatMoney(whyNot.costPerPointCny, language) })}</small>
          )}
        </div>
      </dl>
      {whyNot.coveredBySiteIds.length === 0 ? null : (
        <>
          <h3>{t('plan.card.coveredBy')}</h3>
          <ul className="site-links">
            {whyNot.coveredBySiteIds.map((siteId) => (
              <li key={siteId}>
                <SiteLink siteId={siteId} onOpen={focusSite} />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Facts({ site }: { readonly site: ShownSite }) {
  const { t } = useTranslation();
  const words = useSiteWords();
  const { language } = words;
  const rows: readonly (readonly [string, string])[] = [
    ['code', site.code],
    ['type', words.resourceType(site.resourceType)],
    ['structure', words.term('structure', site.structure)],
    ['owner', site.owner || '—'],
    ['status', words.term('status', site.status)],
    ['height', formatHeight(site.heightM, language)],
    ['price', formatMoney(site.costCny, language)],
    ['free', words.term('freeStatus', site.freeStatus)],
    ['power', words.term('powerMode', site.powerMode)],
    ['build', words.term('buildMode', site.buildMode)],
    ['district', words.district(site.districtCode) || '—'],
    ['position', formatPosition(site.position)],
  ];
  return (
    <>
      <h3>{t('plan.card.facts')}</h3>
      <dl className="facts">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`plan.card.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function CardActions({ shown, site, item }: { readonly shown: ShownPlan } & Omit<SiteAndItem, 'shown'>) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const create = useCreatePlan();
  const jobPlanId = useStore(jobStore, (job) => job.planId);
  const isChoosing = useStore(previewStore, (preview) => preview.stage === 'choosing');
  const [lon, lat] = site.position;
  const isNew = item?.status === 'new';
  const plan = shown.plan;
  const name = t('plan.card.struckName', { name: shown.name, site: site.name || site.code });

  const strike = () => {
    if (plan === null) {
      strikeInPreview(site.id);
      return;
    }
    create.mutate(replanRequestOf(plan, [site.id], name), {
      onSuccess: (next) => {
        watchJob(next);
        viewStore.set({ leftOpen: true, leftTab: 'setup' });
      },
      onError: (error) => void message.error(describeError(error, language).message),
    });
  };

  return (
    <>
      {plan !== null && isNew ? <QuickReview planId={plan.id} siteId={site.id} /> : null}
      <div className="card-buttons">
        {isNew ? (
          <Popconfirm
            title={t('plan.card.strikeAsk')}
            description={plan === null ? undefined : t('plan.card.strikeSaved', { name })}
            onConfirm={strike}
            disabled={jobPlanId !== null}
            okButtonProps={{ 'data-testid': 'strike-confirm' }}
          >
            <Button
              size="small"
              danger
              loading={create.isPending || isChoosing}
              disabled={jobPlanId !== null}
              data-testid="strike"
            >
              {t('plan.card.strike')}
            </Button>
          </Popconfirm>
        ) : null}
        <Button
          size="small"
          onClick={() => {
            if (lon !== undefined && lat !== undefined) moveMapTo([lon, lat], 16.5);
          }}
        >
          {t('plan.card.zoom')}
        </Button>
      </div>
    </>
  );
}

function History({ reviews }: { readonly reviews: readonly ReviewJson[] }) {
  const { t } = useTranslation();
  const words = useSiteWords();
  if (reviews.length === 0) return null;
  return (
    <>
      <h3>{t('plan.card.history')}</h3>
      <ul className="history">
        {reviews.map((review) => (
          <li key={`${review.at} ${review.reviewer}`}>
            <Tag color={decisionTags[review.decision]}>{words.term('decision', review.decision)}</Tag>
            <span>
              {review.reviewer} · {formatDateTime(review.at, words.language)}
            </span>
            {review.reasonCode === null && review.reasonText === '' ? null : (
              <small>
                {[
                  review.reasonCode === null ? '' : words.term('reason', review.reasonCode),
                  review.reasonText,
                ]
                  .filter((text) => text !== '')
                  .join('：')}
              </small>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
