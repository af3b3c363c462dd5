// What is known of a case, and its links to the site, the resource, the plan, the demand and the claims behind it.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AttachmentKind } from '../../../engine/index.ts';
import type { CaseDetailJson } from '../../../server/contract/cases.ts';
import { formatDate, formatDateTime } from '../../format/dates.ts';
import { useMay } from '../../state/session.ts';
import { AttachmentNames } from '../attachments/attachment-names.tsx';
import desk from '../shell/desk.module.css';
import type { CaseWords } from './use-case-words.ts';

export interface CaseFactsProps {
  readonly detail: CaseDetailJson;
  readonly words: CaseWords;
}

export function CaseFacts({ detail, words }: CaseFactsProps) {
  const { t } = useTranslation();
  const may = {
    claims: useMay('claim:read'),
    resources: useMay('resource:read'),
    demands: useMay('demand:read'),
    plans: useMay('plan:read'),
  };
  const { language, library } = words;
  const day = (value: string | null) => formatDate(value, language);
  const link = (isAllowed: boolean, path: string, text: string) =>
    isAllowed ? <Link to={path}>{text}</Link> : text;
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['place', `${library.place(detail.districtCode)} ${library.place(detail.townCode)}`],
    ['siteCode', detail.siteCode ?? '—'],
    [
      'resource',
      detail.resourceId === null
        ? '—'
        : link(
            may.resources,
            `/library?${new URLSearchParams({ resource: detail.resourceId })}`,
            detail.siteCode ?? t('cases.open'),
          ),
    ],
    [
      'claim',
      detail.resourceId === null
        ? t(detail.claimed ? 'library.yes' : 'library.no')
        : link(
            may.claims,
            `/claims?${new URLSearchParams({ tab: 'all', resourceId: detail.resourceId })}`,
            t(detail.claimed ? 'cases.claimed' : 'cases.notClaimed'),
          ),
    ],
    [
      'planId',
      // a plan without a name is out of this person's reach
      detail.planId === null || detail.planName === null
        ? '—'
        : link(may.plans, `/?${new URLSearchParams({ plan: detail.planId })}`, detail.planName),
    ],
    [
      'demand',
      detail.demandId === null
        ? '—'
        : link(may.demands, `/demands?${new URLSearchParams({ demand: detail.demandId })}`, t('cases.open')),
    ],
    ['whitelisted', t(detail.whitelisted ? 'cases.whitelisted' : 'library.no')],
    ['stateSince', formatDateTime(detail.stateSince, language)],
    ['listedAt', day(detail.listedAt)],
    ['agreedOn', day(detail.agreedOn)],
    ['agreement', detail.agreement || '—'],
    ['filingNumber', detail.filingNumber || '—'],
    ['filedOn', <Proven key="filed" day={day(detail.filedOn)} caseId={detail.id} kinds={['审批', '备案']} />],
    ['startedOn', day(detail.startedOn)],
    ['completedOn', day(detail.completedOn)],
    ['deliveryConfirmedAt', formatDateTime(detail.deliveryConfirmedAt, language)],
    ['onAirOn', day(detail.onAirOn)],
    ['onAirEvidence', detail.onAirEvidence || '—'],
    [
      'acceptedOn',
      <Proven key="accepted" day={day(detail.acceptedOn)} caseId={detail.id} kinds={['验收']} />,
    ],
    ['remark', detail.remark || '—'],
  ];
  return (
    <dl className={desk.facts} data-testid="case-facts">
      {facts.map(([key, value]) => (
        <div key={key}>
          <dt>{words.field(key)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

interface ProvenProps {
  readonly day: string;
  readonly caseId: string;
  readonly kinds: readonly AttachmentKind[];
}

/** A day, and the papers on file for it. */
function Proven({ day, caseId, kinds }: ProvenProps) {
  return (
    <>
      {day}
      <AttachmentNames noun="case" objectId={caseId} kinds={kinds} />
    </>
  );
}
