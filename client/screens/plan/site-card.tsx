// Everything about one site of the plan, or about one that was not taken: reasons, what it displaced, the link budget
// to the far edge or to the clicked place, facts, and what a person can do with it.
import { Spin, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ChosenConfiguration } from '../../../engine/index.ts';
import { describeError } from '../../api/fetch-reply.ts';
import { formatAzimuths, formatHeight } from '../../format/measures.ts';
import { useLanguage } from '../../format/use-language.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { focusStore } from '../../state/focus.ts';
import { useStore } from '../../state/make-store.ts';
import { type ShownItem, type ShownPlan, type ShownSite, useShownPlan } from '../../state/shown-plan.ts';
import { SiteDuties } from '../cases/site-duties.tsx';
import { SiteClaims } from '../claims/site-claims.tsx';
import { useSiteWords } from '../sites/use-site-words.ts';
import { CardFrame } from './focus-card.tsx';
import { LinkReceiver, LinkView } from './link-view.tsx';
import { decisionTags } from './plan-status.ts';
import { SiteActions } from './site-actions.tsx';
import { Facts, History } from './site-facts.tsx';
import { Reasons } from './site-reasons.tsx';
import { SiteSharing } from './site-sharing.tsx';
import { SiteWhyNot } from './site-why-not.tsx';
import { useCardContent } from './use-card-content.ts';

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
      foot={shown === null ? undefined : <SiteActions shown={shown} site={site} item={item} />}
    >
      <SiteClaims siteId={site.id} planId={item === null ? null : (shown?.plan?.id ?? null)} />
      {card.configuration === null ? null : (
        <ConfigurationLine configuration={card.configuration} isChosen={item !== null} />
      )}
      {item?.sharing ? <SiteSharing sharing={item.sharing} status={item.status} /> : null}
      {item === null ? null : (
        <Reasons item={item} replacement={card.replacement} phaseName={phaseNameOf(shown, item)} />
      )}
      {card.whyNot === null ? null : (
        <SiteWhyNot whyNot={card.whyNot} site={site} isListed={card.configuration === null} />
      )}
      {shown === null ? null : (
        <>
          <h3>{t('plan.card.linkBudget')}</h3>
          <LinkReceiver receiver={receiver} />
          <LinkView link={card.link} site={site} ground={shown.summary.ground} />
        </>
      )}
      <Facts
        site={site}
        configuration={item?.configuration ?? null}
        costCny={item?.status === 'new' ? item.costCny : site.costCny}
      />
      <SiteDuties siteId={site.id} />
      <History reviews={card.reviews} />
    </CardFrame>
  );
}

/** What the site is equipped with; of one that is not in the plan, what the figures are of. */
function ConfigurationLine({
  configuration: { name, profileId, heightM, azimuthsDeg },
  isChosen,
}: {
  readonly configuration: ChosenConfiguration;
  readonly isChosen: boolean;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const parts = [
    formatHeight(heightM, language),
    ...(azimuthsDeg && azimuthsDeg.length > 0 ? [formatAzimuths(azimuthsDeg)] : []),
    t('configurations.profileShort', { profile: profileId }),
  ];
  return (
    <p className="soft" data-testid="card-configuration">
      {isChosen ? (
        <>
          {t('configurations.chosen')}: <strong>{name}</strong> · {parts.join(' · ')}
        </>
      ) : (
        t('configurations.figuresOf', { name })
      )}
    </p>
  );
}

function phaseNameOf(shown: ShownPlan | null, { status, phase }: ShownItem): string | null {
  return status === 'new' ? (shown?.summary.phases[phase]?.name ?? null) : null;
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
