// Where a day begins: what waits for this person, then the doors they may use. Every figure comes from an answer of the API;
// a role for which nothing exists yet gets its doors and no figures.
import {
  AuditOutlined,
  BarChartOutlined,
  BorderOuterOutlined,
  CalendarOutlined,
  CommentOutlined,
  ControlOutlined,
  DatabaseOutlined,
  DeploymentUnitOutlined,
  EnvironmentOutlined,
  ExclamationCircleOutlined,
  FileDoneOutlined,
  FileTextOutlined,
  FlagOutlined,
  ImportOutlined,
  ReadOutlined,
  SwapOutlined,
  TeamOutlined,
  UserOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { MeJson } from '../../../server/contract/people.ts';
import { Page } from '../../parts/page.tsx';
import { mayDo, type Permission, useMe } from '../../state/session.ts';
import { usePeopleWords } from '../people/use-people-words.ts';
import { type DeskNavEntry, deskNav } from '../shell/desk-nav.ts';
import { AccountsCard } from './accounts-card.tsx';
import { AgendaBoard } from './agenda-board.tsx';
import styles from './home.module.css';
import { partOfDay } from './home-tasks.ts';
import { ImportsCard } from './imports-card.tsx';
import { LibraryCard } from './library-card.tsx';
import { RefusedSignInsCard } from './refused-sign-ins-card.tsx';
import { ReturnedCard, ReviewCard } from './review-cards.tsx';
import { RunningCard } from './running-card.tsx';

export function HomeScreen() {
  const me = useMe();
  return me === null ? null : <Home me={me} />;
}

function Home({ me }: { readonly me: MeJson }) {
  const { t } = useTranslation();
  const words = usePeopleWords();
  const may = (permission: Permission) => mayDo({ me }, permission);
  const cards: readonly ReactNode[] = [
    may('review:decide') && <ReviewCard key="review" />,
    may('plan:create') && <ReturnedCard key="returned" />,
    may('plan:create') && <RunningCard key="running" />,
    may('account:read') && <AccountsCard key="accounts" />,
    may('audit:read') && <RefusedSignInsCard key="refused" />,
    may('import:create') && <ImportsCard key="imports" />,
    may('resource:read') && !may('plan:create') && <LibraryCard key="library" />,
  ].filter((card) => card !== false);
  return (
    <Page
      title={t('home.hello', { name: me.name, part: t(`home.part.${partOfDay(new Date().getHours())}`) })}
      subtitle={t('home.subtitle', {
        role: [words.role(me.role), me.organisation].filter(Boolean).join(' · '),
        territory: words.territory(me.territory),
      })}
      testId="home-screen"
    >
      <AgendaBoard />
      {cards.length > 0 ? <div className={styles.cards}>{cards}</div> : null}
      <h2 className={styles.heading}>{t('home.start')}</h2>
      <nav className={styles.entries}>
        <Entry to="/" name="map" icon={<EnvironmentOutlined />} />
        {deskNav
          .filter(({ permission }) => may(permission))
          .map(({ key, path }) => (
            <Entry key={key} to={path} name={key} words={`shell.desks.${key}`} icon={deskIcons[key]} />
          ))}
        {may('plan:read') ? <Entry to="/plans" name="plans" icon={<FileTextOutlined />} /> : null}
        {may('resource:read') ? <Entry to="/library" name="resources" icon={<DatabaseOutlined />} /> : null}
        {may('directory:read') ? (
          <Entry to="/directories" name="directories" icon={<ReadOutlined />} />
        ) : null}
        {may('import:read') ? <Entry to="/import" name="import" icon={<ImportOutlined />} /> : null}
        {may('account:read') ? <Entry to="/people" name="people" icon={<TeamOutlined />} /> : null}
        {may('audit:read') ? <Entry to="/audit" name="audit" icon={<AuditOutlined />} /> : null}
        {may('rule:read') ? (
          <Entry to="/people/rules" name="rules" icon={<ControlOutlined />} />
        ) : (
          <Entry to="/people/calendar" name="calendar" icon={<CalendarOutlined />} />
        )}
        <Entry to="/me" name="me" icon={<UserOutlined />} />
      </nav>
    </Page>
  );
}

const deskIcons: Readonly<Record<DeskNavEntry['key'], ReactNode>> = {
  demands: <DeploymentUnitOutlined />,
  claims: <FlagOutlined />,
  batches: <AuditOutlined />,
  cases: <FileDoneOutlined />,
  problems: <ExclamationCircleOutlined />,
  relocations: <SwapOutlined />,
  areas: <BorderOuterOutlined />,
  comments: <CommentOutlined />,
  progress: <BarChartOutlined />,
};

interface EntryProps {
  readonly to: string;
  readonly name: string;
  readonly icon: ReactNode;
  /** Where its words are; `<words>Note` is the line below. */
  readonly words?: string;
}

function Entry({ to, name, icon, words = `home.entry.${name}` }: EntryProps) {
  const { t } = useTranslation();
  return (
    <Link to={to} className={styles.entry} data-testid={`entry-${name}`}>
      {icon}
      <span>
        <strong>{t(words)}</strong>
        <small>{t(`${words}Note`)}</small>
      </span>
    </Link>
  );
}
