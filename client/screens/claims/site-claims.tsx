// On the card of a site: the resource it stands for, who claims it and until when, and claiming it where it stands open.
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSiteUnderWay } from '../../api/under-way.ts';
import { LinkButton } from '../../parts/link-button.tsx';
import { useMay } from '../../state/session.ts';
import { ResourceThumbs } from '../library/resource-thumbs.tsx';
import { StateTag } from '../library/state-tag.tsx';
import desk from '../shell/desk.module.css';
import { claimPath, claimSitePath } from './claim-path.ts';
import { ClaimStateTag } from './claim-state-tag.tsx';
import { HoldClockTag } from './hold-clock-tag.tsx';
import { isClaimable } from './is-claimable.ts';
import { useClaimKind } from './use-claim-kind.ts';
import { useClaimWords } from './use-claim-words.ts';

export interface SiteClaimsProps {
  readonly siteId: string;
  /** The kept plan whose row the site is; null: of none. */
  readonly planId: string | null;
}

export function SiteClaims({ siteId, planId }: SiteClaimsProps) {
  const { t } = useTranslation();
  const words = useClaimWords();
  const kind = useClaimKind();
  const mayRead = useMay('claim:read');
  const site = useSiteUnderWay(mayRead ? siteId : null).data;
  if (site === undefined) return null;
  const { resource, claims } = site;
  // who claims nothing is told what others claim; a site of a plan that cannot be claimed says why
  if (claims.length === 0 && (kind === null || (resource === null && planId === null))) return null;
  return (
    <section data-testid="site-claims">
      <h3>{t('claims.site.title')}</h3>
      {resource === null ? (
        <p className={desk.soft}>{t('claims.site.notLibrary')}</p>
      ) : (
        <>
          <div className={desk.line}>
            <Link to={`/library?${new URLSearchParams({ resource: resource.id })}`}>
              {resource.name || resource.code}
            </Link>
            <StateTag state={resource.state} words={words.library} />
            {kind !== null && isClaimable(resource) ? (
              <LinkButton
                to={claimSitePath(siteId, planId)}
                size="small"
                type="primary"
                data-testid="site-claim"
              >
                {t(`claims.dialog.${kind}Ok`)}
              </LinkButton>
            ) : null}
          </div>
          <ResourceThumbs resourceId={resource.id} />
          {claims.length === 0 ? (
            <p className={desk.soft}>
              {t(
                resource.state === '部分占用'
                  ? 'claims.site.room'
                  : isClaimable(resource)
                    ? 'claims.site.free'
                    : 'claims.site.closed',
              )}
            </p>
          ) : (
            <ul className={desk.plainList}>
              {claims.map((claim) => (
                <li key={claim.id} className={desk.line} data-testid="site-claim-held">
                  <ClaimStateTag state={claim.state} words={words} />
                  <Link to={claimPath(claim.id)}>{words.company(claim)}</Link>
                  <span className={desk.soft}>{words.list(claim.operators)}</span>
                  {claim.until === null ? null : <HoldClockTag until={claim.until} />}
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </section>
  );
}
