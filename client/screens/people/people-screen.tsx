// Accounts for administrators: a query bar, one table, and a drawer for a new or an opened account.
import { ControlOutlined, PlusOutlined, TableOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AccountJson } from '../../../server/contract/people.ts';
import { type AccountQuery, useAccountPage } from '../../api/accounts.ts';
import { describeError } from '../../api/fetch-reply.ts';
import { formatCount } from '../../format/numbers.ts';
import { useLanguage } from '../../format/use-language.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Page } from '../../parts/page.tsx';
import { useDebounced } from '../../parts/use-debounced.ts';
import { useMay } from '../../state/session.ts';
import { AccountDrawer } from './account-drawer.tsx';
import { AccountsTable } from './accounts-table.tsx';
import styles from './people.module.css';
import { roles } from './role-list.ts';
import { usePeopleWords } from './use-people-words.ts';

const pageSize = 50;

export function PeopleScreen() {
  const { t } = useTranslation();
  const language = useLanguage();
  const mayChange = useMay('account:change');
  const [query, setQuery] = useState<AccountQuery>({});
  const [page, setPage] = useState(1);
  const [opened, setOpened] = useState<AccountJson | 'new' | null>(null);
  const accounts = useAccountPage({ ...useDebounced(query), page, pageSize });
  const filter = (change: AccountQuery) => {
    setQuery((now) => ({ ...now, ...change }));
    setPage(1);
  };
  const total = accounts.data?.total ?? null;
  return (
    <Page
      title={t('people.title')}
      subtitle={t('people.subtitle')}
      width="wide"
      testId="people-screen"
      actions={
        <>
          <Link to="/people/roles">
            <Button icon={<TableOutlined />} data-testid="people-roles">
              {t('people.rolesLink')}
            </Button>
          </Link>
          <Link to="/people/webhooks">
            <Button icon={<ControlOutlined />} data-testid="people-settings">
              {t('people.settingsLink')}
            </Button>
          </Link>
          {mayChange ? (
            <Button
              type="primary"
              icon={<PlusOutlined />}
              onClick={() => setOpened('new')}
              data-testid="account-create"
            >
              {t('people.create')}
            </Button>
          ) : null}
        </>
      }
    >
      <QueryBar query={query} onChange={filter}>
        <span className={styles.count} aria-live="polite" data-testid="people-total">
          {total === null ? '' : t('people.total', { total: formatCount(total, language) })}
        </span>
      </QueryBar>
      {accounts.error ? (
        <ErrorNote
          {...describeError(accounts.error, language)}
          retryLabel={t('shell.retry')}
          onRetry={() => void accounts.refetch()}
        />
      ) : null}
      <AccountsTable
        accounts={accounts.data?.accounts ?? []}
        isLoading={accounts.isPending || accounts.isPlaceholderData}
        mayChange={mayChange}
        page={{ current: page, pageSize, total: total ?? 0, onChange: setPage }}
        onOpen={setOpened}
      />
      {opened === null ? null : (
        <AccountDrawer account={opened === 'new' ? null : opened} onClose={() => setOpened(null)} />
      )}
    </Page>
  );
}

interface QueryBarProps {
  readonly query: AccountQuery;
  readonly onChange: (change: AccountQuery) => void;
  readonly children: ReactNode;
}

function QueryBar({ query, onChange, children }: QueryBarProps) {
  const { t } = useTranslation();
  const words = usePeopleWords();
  return (
    <div className={styles.bar}>
      <Input.Search
        allowClear
        value={query.q ?? ''}
        placeholder={t('people.search')}
        aria-label={t('people.search')}
        style={{ width: 240 }}
        maxLength={100}
        onChange={(event) => onChange({ q: event.target.value || undefined })}
        data-testid="people-search"
      />
      <Select
        allowClear
        value={query.role ?? null}
        placeholder={t('people.allRoles')}
        aria-label={t('people.column.role')}
        style={{ width: 150 }}
        options={roles.map((value) => ({ value, label: words.role(value) }))}
        onChange={(role) => onChange({ role: role ?? undefined })}
        data-testid="people-role"
      />
      <Select
        allowClear
        value={query.state ?? null}
        placeholder={t('people.allStates')}
        aria-label={t('people.column.state')}
        style={{ width: 130 }}
        options={(['active', 'disabled'] as const).map((value) => ({
          value,
          label: t(`people.state.${value}`),
        }))}
        onChange={(state) => onChange({ state: state ?? undefined })}
        data-testid="people-state"
      />
      {children}
    </div>
  );
}
