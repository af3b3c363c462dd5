// One relocation on a page: its gate, the ways on, sites that go beside those that replace them, facts and milestones, its history.
import { HistoryOutlined } from '@ant-design/icons';
import { Button, Drawer, Result, Spin, Tag } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { RelocationDetailJson } from '../../../server/contract/relocations.ts';
import { ApiError } from '../../api/fetch-reply.ts';
import { useRelocation, useRelocationTimeline } from '../../api/relocations.ts';
import { formatDate, formatDateTime } from '../../format/dates.ts';
import { formatMoney } from '../../format/money.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { LinkButton } from '../../parts/link-button.tsx';
import { Page } from '../../parts/page.tsx';
import { AttachmentsPanel } from '../attachments/attachments-panel.tsx';
import { Moments } from '../audit/moments.tsx';
import { useLibraryWords } from '../library/use-library-words.ts';
import desk from '../shell/desk.module.css';
import { useTableError } from '../shell/use-table-error.ts';
import { GateNote } from './gate-sign.tsx';
import { RelocationMoves } from './relocation-moves.tsx';
import { RelocationSites } from './relocation-sites.tsx';
import { RelocationStateTag } from './relocation-state-tag.tsx';
import styles from './relocations.module.css';

export function RelocationPage() {
  const { t } = useTranslation();
  const { relocationId = '' } = useParams();
  const reply = useRelocation(relocationId);
  const refused = useTableError(reply);
  if (reply.data !== undefined) return <OpenedRelocation key={relocationId} detail={reply.data} />;
  if (reply.error instanceof ApiError && reply.error.status === 404)
    return (
      <Result
        status="404"
        title={t('relocations.notFound')}
        extra={
          <LinkButton to="/relocations" type="primary">
            {t('relocations.toTable')}
          </LinkButton>
        }
      />
    );
  return (
    <Page title={t('relocations.title')} testId="relocation-page">
      {refused === null ? <Spin /> : <ErrorNote {...refused} />}
    </Page>
  );
}

function OpenedRelocation({ detail }: { readonly detail: RelocationDetailJson }) {
  const { t } = useTranslation();
  const [isTimeline, setTimeline] = useState(false);
  return (
    <Page
      title={`${detail.number} · ${detail.project}`}
      subtitle={
        <>
          <RelocationStateTag state={detail.state} />
          {t(`relocations.cause.${detail.cause}`)}
        </>
      }
      testId="relocation-page"
      actions={
        <>
          <LinkButton to="/relocations">{t('relocations.toTable')}</LinkButton>
          <Button
            icon={<HistoryOutlined />}
            onClick={() => setTimeline(true)}
            data-testid="relocation-timeline"
          >
            {t('cases.timeline')}
          </Button>
        </>
      }
    >
      <GateNote gate={detail.gate} override={detail.override} />
      <section className={styles.card}>
        <h2>{t('cases.moves')}</h2>
        <RelocationMoves detail={detail} />
      </section>
      <RelocationSites detail={detail} />
      <div className={styles.sides}>
        <section className={styles.card}>
          <h2>{t('cases.facts')}</h2>
          <RelocationFacts detail={detail} />
        </section>
        <section className={styles.card}>
          <h2>{t('relocations.field.milestones')}</h2>
          <Milestones detail={detail} />
        </section>
      </div>
      <section className={styles.card}>
        <h2>{t('attachments.title')}</h2>
        <AttachmentsPanel noun="relocation" objectId={detail.id} firstKind="函件" />
      </section>
      {isTimeline ? (
        <Drawer
          open
          size={520}
          title={`${t('cases.timeline')} · ${detail.number}`}
          onClose={() => setTimeline(false)}
        >
          <RelocationTimeline id={detail.id} />
        </Drawer>
      ) : null}
    </Page>
  );
}

function RelocationFacts({ detail }: { readonly detail: RelocationDetailJson }) {
  const { t } = useTranslation();
  const words = useLibraryWords();
  const { language } = words;
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['place', `${words.place(detail.districtCode)} ${words.place(detail.townCode)}`],
    ['owner', detail.owner || '—'],
    ['dueOn', formatDate(detail.dueOn, language)],
    ['removedOn', formatDate(detail.removedOn, language)],
    ['compensationCny', formatMoney(detail.compensationCny, language)],
    ['compensationNote', detail.compensationNote || '—'],
    ['stateSince', formatDateTime(detail.stateSince, language)],
    ['createdAt', formatDateTime(detail.createdAt, language)],
    ['remark', detail.remark || '—'],
  ];
  return (
    <dl className={desk.facts}>
      {facts.map(([key, value]) => (
        <div key={key}>
          <dt>{t(`relocations.field.${key}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Milestones({ detail }: { readonly detail: RelocationDetailJson }) {
  const { t } = useTranslation();
  const { language } = useLibraryWords();
  if (detail.milestones.length === 0) return <p className={desk.soft}>{t('relocations.noMilestones')}</p>;
  return (
    <ul className={desk.plainList}>
      {detail.milestones.map(({ name, dueOn, doneOn }) => (
        <li key={`${name} ${dueOn ?? ''}`} className={desk.line}>
          <Tag color={doneOn === null ? 'gold' : 'green'}>
            {doneOn === null
              ? t('relocations.milestone.open')
              : t('relocations.milestone.done', { day: formatDate(doneOn, language) })}
          </Tag>
          {name}
          {dueOn === null ? null : (
            <small className={desk.soft}>
              {t('relocations.milestone.until', { day: formatDate(dueOn, language) })}
            </small>
          )}
        </li>
      ))}
    </ul>
  );
}

function RelocationTimeline({ id }: { readonly id: string }) {
  const reply = useRelocationTimeline(id);
  return (
    <Moments
      records={reply.data?.records}
      error={reply.error}
      columnWords="relocations.record"
      valueWords={{
        state: 'relocations.state',
        cause: 'relocations.cause',
        part: 'relocations.part',
        kind: 'attachments.kind',
      }}
    />
  );
}
