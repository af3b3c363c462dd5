// One claim: its state and clock, why it stands as it does, what can be done, its price, who else wants the place, its history.
import { Drawer, Empty, Tabs } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { openClaimStates } from '../../../engine/index.ts';
import type { ClaimDetailJson, ClaimJson } from '../../../server/contract/claims.ts';
import { useClaim, useClaimHistory } from '../../api/claims.ts';
import { formatDate, formatDateTime } from '../../format/dates.ts';
import { formatNumber } from '../../format/numbers.ts';
import { useMay, useMe, useOwnOnly } from '../../state/session.ts';
import { Moments } from '../audit/moments.tsx';
import { resourceOnMapPath } from '../library/resource-on-map-path.ts';
import desk from '../shell/desk.module.css';
import { ReplyState } from '../shell/reply-state.tsx';
import { useDrawerBesideMap } from '../shell/use-drawer-beside-map.ts';
import { ClaimActions } from './claim-actions.tsx';
import { ClaimStateTag } from './claim-state-tag.tsx';
import { ExplanationNote } from './explanation-note.tsx';
import { HoldClockTag } from './hold-clock-tag.tsx';
import { PriceTable } from './price-table.tsx';
import { SubstitutesList, WhitelistTag } from './substitutes-list.tsx';
import { type ClaimWords, useClaimWords } from './use-claim-words.ts';

export interface ClaimDrawerProps {
  readonly id: string;
  /** Opens the dialog on another resource with the wishes of this claim. */
  readonly onTake: (resourceId: string, claim: ClaimJson) => void;
  readonly onClose: () => void;
}

export function ClaimDrawer({ id, onTake, onClose }: ClaimDrawerProps) {
  const { t } = useTranslation();
  const words = useClaimWords();
  const beside = useDrawerBesideMap();
  const reply = useClaim(id);
  const claim = reply.data?.claim;
  const onMap = claim === undefined ? null : resourceOnMapPath(claim.resource);
  return (
    <Drawer
      open
      {...beside}
      onClose={onClose}
      title={claim === undefined ? t('claims.drawer.title') : claim.resource.name || claim.resource.code}
      extra={
        <>
          {claim === undefined ? null : <ClaimStateTag state={claim.state} words={words} />}{' '}
          {onMap === null ? null : (
            <Link to={onMap} data-testid="claim-on-map">
              {t('claims.onMap')}
            </Link>
          )}
        </>
      }
    >
      <div className={desk.stack} data-testid="claim-drawer">
        <ReplyState reply={reply} notFound={t('claims.drawer.notFound')} />
        {reply.data === undefined ? null : <Opened detail={reply.data} words={words} onTake={onTake} />}
      </div>
    </Drawer>
  );
}

function Opened({
  detail,
  words,
  onTake,
}: Pick<ClaimDrawerProps, 'onTake'> & { readonly detail: ClaimDetailJson; readonly words: ClaimWords }) {
  const { t } = useTranslation();
  const mayClaim = useMay('claim:create');
  const { claim, substitutes, price, others } = detail;
  const tab = (key: string, children: ReactNode) => ({ key, label: t(`claims.drawer.${key}`), children });
  return (
    <>
      {claim.until === null ? null : (
        <div className={desk.line}>
          <HoldClockTag until={claim.until} />
          {t('claims.clock.until', { at: formatDateTime(claim.until, words.language) })}
        </div>
      )}
      {claim.explanation === null ? null : (
        <ExplanationNote
          explanation={claim.explanation}
          words={words}
          severity={claim.state === '未获' ? 'error' : 'info'}
        />
      )}
      {claim.override === null ? null : (
        <p className={desk.soft}>
          {t('claims.drawer.override', {
            by: claim.override.by,
            at: formatDateTime(claim.override.at, words.language),
            reason: claim.override.reason,
          })}
        </p>
      )}
      <ClaimActions claim={claim} />
      <Tabs
        size="small"
        items={[
          tab('facts', <ClaimFacts claim={claim} words={words} />),
          tab('price', <PriceTable price={price} words={words} />),
          tab('others', <Others others={others} words={words} />),
          ...(substitutes.length > 0
            ? [
                tab(
                  'substitutes',
                  <SubstitutesList
                    substitutes={substitutes}
                    words={words}
                    takingId={null}
                    onTake={mayClaim ? (resourceId) => onTake(resourceId, claim) : null}
                  />,
                ),
              ]
            : []),
          tab('history', <ClaimHistory id={claim.id} />),
        ]}
      />
    </>
  );
}

function ClaimFacts({ claim, words }: { readonly claim: ClaimJson; readonly words: ClaimWords }) {
  const { t } = useTranslation();
  const mayCases = useMay('case:read');
  // an operator has its own case only, whoever else the claim is for
  const mine = useMe()?.organisation ?? '';
  const caseOperators = claim.caseIds.length === claim.operators.length ? claim.operators : [mine];
  const { language, library } = words;
  const number = (value: number | null, unit: string) =>
    value === null ? '—' : `${formatNumber(value, language, 1)} ${unit}`;
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['resource', <ResourceLink key="resource" claim={claim} />],
    ['company', words.company(claim)],
    ['operators', words.list(claim.operators)],
    ['place', `${library.place(claim.districtCode)} ${library.place(claim.townCode)}`],
    [
      'slots',
      t(`claims.drawer.${openClaimStates.includes(claim.state) ? 'slots' : 'slotsWanted'}`, {
        slots: claim.slots,
        free: claim.resource.slotsFree,
        all: claim.resource.slots ?? 1,
      }),
    ],
    ['loadKg', number(claim.loadKg, 'kg')],
    ['powerKva', number(claim.powerKva, 'kVA')],
    ['demands', claim.demandIds.length === 0 ? '—' : <DemandLinks key="demands" ids={claim.demandIds} />],
    ['onAirBy', formatDate(claim.onAirBy, language)],
    ['keyAreaDeadline', formatDate(claim.keyAreaDeadline, language)],
    ['submittedAt', formatDateTime(claim.submittedAt, language)],
    ['heldAt', formatDateTime(claim.heldAt, language)],
    ['extensions', String(claim.extensions)],
    ['endedAt', formatDateTime(claim.endedAt, language)],
    ['endReason', claim.endReason || '—'],
    ['note', claim.note || '—'],
  ];
  return (
    <div className={desk.stack}>
      <dl className={desk.facts}>
        {facts.map(([key, value]) => (
          <div key={key}>
            <dt>{t(`claims.field.${key}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {claim.skipsConsent ? <p className={desk.soft}>{t('claims.dialog.whitelist')}</p> : null}
      {claim.confirmations.length > 0 ? (
        <section>
          <h3 className={desk.heading}>{t('claims.drawer.confirmations')}</h3>
          <ul className={desk.plainList}>
            {claim.confirmations.map(({ operator, decision, at, note }) => (
              <li key={operator}>
                <strong>{operator}</strong>{' '}
                {t(`claims.confirmation.${decision ?? 'open'}`, { at: formatDateTime(at, language) })}
                {note === '' ? null : <span className={desk.soft}> {note}</span>}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {mayCases && claim.caseIds.length > 0 ? (
        <section>
          <h3 className={desk.heading}>{t('claims.drawer.cases')}</h3>
          <div className={desk.acts}>
            {claim.caseIds.map((caseId, index) => (
              <Link key={caseId} to={`/cases/${encodeURIComponent(caseId)}`} data-testid="claim-case">
                {t('claims.drawer.case', { operator: caseOperators[index] ?? '' })}
              </Link>
            ))}
          </div>
        </section>
      ) : null}
    </div>
  );
}

function ResourceLink({ claim: { resource } }: { readonly claim: ClaimJson }) {
  return (
    <>
      <Link to={`/library?${new URLSearchParams({ resource: resource.id })}`}>{resource.code}</Link>{' '}
      {resource.whitelisted ? <WhitelistTag /> : null}
    </>
  );
}

function DemandLinks({ ids }: { readonly ids: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <>
      {ids.map((id, index) => (
        <Link key={id} to={`/demands?${new URLSearchParams({ demand: id })}`}>
          {t('claims.drawer.demand', { number: index + 1 })}{' '}
        </Link>
      ))}
    </>
  );
}

function Others({
  others,
  words,
}: {
  readonly others: ClaimDetailJson['others'];
  readonly words: ClaimWords;
}) {
  const { t } = useTranslation();
  const ownOnly = useOwnOnly('claim:read');
  if (others.length === 0)
    return (
      <Empty
        image={Empty.PRESENTED_IMAGE_SIMPLE}
        description={t(ownOnly ? 'claims.drawer.noOthersOwn' : 'claims.drawer.noOthers')}
      />
    );
  return (
    <ul className={desk.plainList}>
      {others.map((other) => (
        <li key={other.id}>
          <ClaimStateTag state={other.state} words={words} /> <strong>{words.company(other)}</strong>{' '}
          {words.list(other.operators)} <HoldClockTag until={other.until} />
        </li>
      ))}
    </ul>
  );
}

function ClaimHistory({ id }: { readonly id: string }) {
  const reply = useClaimHistory(id);
  return (
    <Moments
      records={reply.data?.records}
      error={reply.error}
      columnWords="claims.record"
      valueWords={{ state: 'claims.state', rule: 'claims.rule' }}
    />
  );
}
