// One's own account: who one is to the service, tokens, sessions, password. The tab is part of the address.
import { Tabs, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import type { MeJson } from '../../../server/contract/people.ts';
import { formatDateTime } from '../../format/dates.ts';
import { useLanguage } from '../../format/use-language.ts';
import { Page } from '../../parts/page.tsx';
import { type Permission, useMe } from '../../state/session.ts';
import { permissionGroups } from '../people/permission-groups.ts';
import { usePeopleWords } from '../people/use-people-words.ts';
import { PasswordTab } from './password-tab.tsx';
import styles from './session.module.css';
import { SessionsTab } from './sessions-tab.tsx';
import { TokensTab } from './tokens-tab.tsx';

const tabs = ['overview', 'tokens', 'sessions', 'password'] as const;

export function MeScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const asked = useParams().tab;
  const me = useMe();
  if (me === null) return null;
  const contents = {
    overview: <Overview me={me} />,
    tokens: <TokensTab me={me} />,
    sessions: <SessionsTab />,
    password: <PasswordTab me={me} />,
  };
  return (
    <Page title={t('session.me.title')} subtitle={t('session.me.subtitle')} testId="me-screen">
      <Tabs
        activeKey={tabs.find((tab) => tab === asked) ?? 'overview'}
        onTabClick={(tab) => void navigate(tab === 'overview' ? '/me' : `/me/${tab}`)}
        destroyOnHidden
        items={tabs.map((key) => ({
          key,
          label: <span data-testid={`me-${key}`}>{t(`session.me.tab.${key}`)}</span>,
          children: contents[key],
        }))}
      />
    </Page>
  );
}

function Overview({ me }: { readonly me: MeJson }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const words = usePeopleWords();
  // the record's keys are the words of the permission table
  const mine = (Object.entries(me.permissions) as [Permission, 'territory' | 'own' | 'all'][]).map(
    ([permission, scope]) => ({ permission, scopes: { [me.role]: scope } }),
  );
  return (
    <section className={styles.sheet}>
      <dl className={styles.facts}>
        <dt>{t('people.column.name')}</dt>
        <dd>
          <strong>{me.name}</strong>
        </dd>
        <dt>{t('session.me.login')}</dt>
        <dd>{me.login}</dd>
        <dt>{t('session.me.role')}</dt>
        <dd>{words.role(me.role)}</dd>
        <dt>{t('session.me.organisation')}</dt>
        <dd>{me.organisation || t('session.me.none')}</dd>
        <dt>{t('session.me.territory')}</dt>
        <dd>{words.territory(me.territory)}</dd>
        <dt>{t('session.me.expiresAt')}</dt>
        <dd>{formatDateTime(me.expiresAt, language)}</dd>
        <dt>{t('session.me.permissions')}</dt>
        <dd className={styles.permissionList}>
          {permissionGroups(mine).map(({ object, rows }) => (
            <span key={object}>
              <b>{words.object(object)}</b>{' '}
              {rows.map(({ action, scopes }) => (
                <Tag key={action} variant="filled">
                  {words.action(action)}
                  <small> · {t(`people.scope.${scopes[me.role]}`)}</small>
                </Tag>
              ))}
            </span>
          ))}
        </dd>
      </dl>
    </section>
  );
}
