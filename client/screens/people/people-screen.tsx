// Accounts for administrators: filters and the opened account in the address, one table, a drawer for a new or an opened account.
import { ControlOutlined, PlusOutlined, TableOutlined } from '@ant-design/icons';
import { Button, Drawer } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useAccount } from '../../api/accounts.ts';
import { Page } from '../../parts/page.tsx';
import { useMay } from '../../state/session.ts';
import { ReplyState } from '../shell/reply-state.tsx';
import { AccountDrawer } from './account-drawer.tsx';
import { AccountsTable } from './accounts-table.tsx';
import {
  changedView,
  NEW_ACCOUNT,
  type PeopleView,
  readPeopleView,
  writePeopleView,
} from './people-query.ts';
import { usePeopleWords } from './use-people-words.ts';

export function PeopleScreen() {
  const { t } = useTranslation();
  const words = usePeopleWords();
  const mayChange = useMay('account:change');
  const [params, setParams] = useSearchParams();
  const view = useMemo(() => readPeopleView(params), [params]);
  const change = (part: Partial<PeopleView>) =>
    setParams(writePeopleView(changedView(view, part)), { replace: part.account === undefined });
  const close = () => change({ account: null });
  return (
    <Page
      title={t('people.title')}
      subtitle={t('people.subtitle')}
      width="full"
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
              onClick={() => change({ account: NEW_ACCOUNT })}
              data-testid="account-create"
            >
              {t('people.create')}
            </Button>
          ) : null}
        </>
      }
    >
      <AccountsTable view={view} words={words} onChange={change} />
      {view.account === null || !mayChange ? null : view.account === NEW_ACCOUNT ? (
        <AccountDrawer account={null} onClose={close} />
      ) : (
        <OpenedAccount key={view.account} id={view.account} onClose={close} />
      )}
    </Page>
  );
}

/** Read anew before it is changed: the row of the table may be of some minutes ago. */
function OpenedAccount({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const reply = useAccount(id);
  if (reply.data !== undefined) return <AccountDrawer account={reply.data} onClose={onClose} />;
  return (
    <Drawer open size={520} onClose={onClose}>
      <ReplyState reply={reply} notFound={t('people.unknown')} />
    </Drawer>
  );
}
