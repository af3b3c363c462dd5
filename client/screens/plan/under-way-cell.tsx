// What is under way at a row of the plan, in one cell: the claim that goes before the others, each operator's case, or the button to claim.
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SiteUnderWayJson } from '../../../server/contract/under-way.ts';
import { LinkButton } from '../../parts/link-button.tsx';
import { CaseStateTag } from '../cases/case-state-tag.tsx';
import type { CaseWords } from '../cases/use-case-words.ts';
import { claimSitePath } from '../claims/claim-path.ts';
import { ClaimStateTag } from '../claims/claim-state-tag.tsx';
import { isClaimable } from '../claims/is-claimable.ts';
import type { ClaimWords } from '../claims/use-claim-words.ts';
import { StateTag } from '../library/state-tag.tsx';

export interface UnderWayCellProps {
  /** Undefined: the site is neither in the library nor is anybody at work there. */
  readonly site: SiteUnderWayJson | undefined;
  readonly planId: string;
  /** How this person gets a resource; null: not at all. */
  readonly kind: 'claim' | 'request' | null;
  readonly words: { readonly claims: ClaimWords; readonly cases: CaseWords };
}

export function UnderWayCell({ site, planId, kind, words }: UnderWayCellProps) {
  const { t } = useTranslation();
  if (site === undefined) return <span className="soft">—</span>;
  const { siteId, resource, claims, cases } = site;
  const [claim] = claims;
  const [first] = cases;
  const all = [
    ...claims.map((one) => `${words.claims.company(one)} ${words.claims.state(one.state)}`),
    ...cases.map((one) => `${one.operator || one.number} ${words.cases.state(one.state)}`),
  ];
  const more = all.length - (claim ? 1 : 0) - (first ? 1 : 0);
  if (
    claim === undefined &&
    first === undefined &&
    resource !== null &&
    kind !== null &&
    isClaimable(resource)
  )
    return (
      <LinkButton
        to={claimSitePath(siteId, planId)}
        onClick={(event) => event.stopPropagation()}
        size="small"
        type="link"
        style={{ padding: 0 }}
        data-testid="item-claim"
      >
        {t(`claims.dialog.${kind}Ok`)}
      </LinkButton>
    );
  return (
    <span title={all.join('\n')} data-testid="item-under-way">
      {claim === undefined ? null : <ClaimStateTag state={claim.state} words={words.claims} />}
      {first === undefined ? null : <CaseStateTag state={first.state} words={words.cases} />}
      {all.length === 0 && resource !== null ? (
        <StateTag state={resource.state} words={words.claims.library} />
      ) : null}
      {more > 0 ? <Tag>+{more}</Tag> : null}
    </span>
  );
}
