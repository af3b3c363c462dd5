// What waits for me, what is due, what I asked for: each line is a count of rows with the way to exactly those rows.
import {
  AuditOutlined,
  BorderOuterOutlined,
  CheckCircleOutlined,
  ClockCircleOutlined,
  CommentOutlined,
  ControlOutlined,
  DatabaseOutlined,
  DeploymentUnitOutlined,
  ExclamationCircleOutlined,
  ExportOutlined,
  FileDoneOutlined,
  FlagOutlined,
  ProfileOutlined,
  RightOutlined,
  SwapOutlined,
} from '@ant-design/icons';
import { Alert, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AgendaDesk, AgendaItem, HomeJson } from '../../../server/contract/home.ts';
import { useHome } from '../../api/home.ts';
import { commaOf } from '../../format/comma.ts';
import { formatDateTime } from '../../format/dates.ts';
import { formatCount } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { RefusalNote } from '../session/refusal-note.tsx';
import styles from './agenda.module.css';
import { type AgendaGroup, agendaGroups, daysUntil, urgencyOf } from './agenda-groups.ts';

const icons: Readonly<Record<AgendaDesk, ReactNode>> = {
  plans: <ProfileOutlined />,
  demands: <DeploymentUnitOutlined />,
  claims: <FlagOutlined />,
  batches: <AuditOutlined />,
  cases: <FileDoneOutlined />,
  problems: <ExclamationCircleOutlined />,
  relocations: <SwapOutlined />,
  areas: <BorderOuterOutlined />,
  library: <DatabaseOutlined />,
  comments: <CommentOutlined />,
  exports: <ExportOutlined />,
  rules: <ControlOutlined />,
};

export function AgendaBoard() {
  const { data, error } = useHome();
  if (error) return <RefusalNote error={error} />;
  if (data === undefined)
    return (
      <div className={styles.board}>
        <Skeleton active paragraph={{ rows: 3 }} />
      </div>
    );
  return <Board home={data} />;
}

function Board({ home: { agenda, now, missing } }: { readonly home: HomeJson }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const groups = agendaGroups(agenda);
  return (
    <div className={styles.board} data-testid="agenda-board">
      {missing.length > 0 ? (
        <Alert
          type="warning"
          showIcon
          className={styles.wide}
          title={t('home.agendaMissing', {
            desks: missing.map((desk) => t(`home.desk.${desk}`)).join(commaOf(language)),
          })}
        />
      ) : null}
      {groups.map((group) => (
        <Group key={group.section} group={group} now={now} />
      ))}
    </div>
  );
}

function Group({
  group: { section, agenda, total },
  now,
}: {
  readonly group: AgendaGroup;
  readonly now: string;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const isLate = agenda.some((item) => urgencyOf(item, now) === 'overdue');
  return (
    <section className={styles.group} data-section={section} data-testid={`agenda-${section}`}>
      <header>
        <h2>{t(`home.section.${section}`)}</h2>
        <b
          data-zero={total === 0}
          data-late={section === 'due' && isLate}
          data-testid={`agenda-${section}-count`}
        >
          {formatCount(total, language)}
        </b>
      </header>
      {agenda.length === 0 ? (
        <p className={styles.none}>
          <CheckCircleOutlined /> {t(`home.sectionNone.${section}`)}
        </p>
      ) : (
        <ul>
          {agenda.map((item) => (
            <li key={`${item.desk} ${item.kind}`}>
              <AgendaLine item={item} now={now} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function AgendaLine({ item, now }: { readonly item: AgendaItem; readonly now: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { desk, kind, count, path } = item;
  return (
    <Link to={path} className={styles.line} data-testid={`agenda-${desk}-${kind}`}>
      <span className={styles.icon}>{icons[desk]}</span>
      <span className={styles.what}>
        <strong>{t(`home.agenda.${desk}.${kind}`)}</strong>
        <small>
          {t(`home.desk.${desk}`)}
          <Due item={item} now={now} />
        </small>
      </span>
      <b className={styles.count}>{formatCount(count, language)}</b>
      <RightOutlined className={styles.go} />
    </Link>
  );
}

function Due({ item, now }: { readonly item: AgendaItem; readonly now: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { soonestDueAt } = item;
  if (soonestDueAt === null) return null;
  const days = daysUntil(soonestDueAt, now);
  const urgency = urgencyOf(item, now);
  const key = urgency === 'overdue' ? (days === 0 ? 'overdueToday' : 'overdue') : days === 0 ? 'today' : 'in';
  return (
    <time
      dateTime={soonestDueAt}
      title={formatDateTime(soonestDueAt, language)}
      className={styles.due}
      data-urgency={urgency}
    >
      <ClockCircleOutlined /> {t(`home.due.${key}`, { count: Math.abs(days) })}
    </time>
  );
}
