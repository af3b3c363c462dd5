// The permission table as the service enforces it: objects and actions down, roles across, the rows it holds for in the cells.
import { TeamOutlined } from '@ant-design/icons';
import { Button, Spin } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PermissionListJson } from '../../../server/contract/people.ts';
import { usePermissions } from '../../api/accounts.ts';
import { describeError } from '../../api/fetch-reply.ts';
import { useLanguage } from '../../format/use-language.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Page } from '../../parts/page.tsx';
import { useMay, useMe } from '../../state/session.ts';
import styles from './people.module.css';
import { permissionGroups } from './permission-groups.ts';
import { usePeopleWords } from './use-people-words.ts';

export function RolesScreen() {
  const { t } = useTranslation();
  const language = useLanguage();
  const permissions = usePermissions();
  const mayReadPeople = useMay('account:read');
  return (
    <Page
      title={t('people.roles.title')}
      subtitle={t('people.roles.subtitle')}
      testId="roles-screen"
      actions={
        mayReadPeople ? (
          <Link to="/people">
            <Button icon={<TeamOutlined />}>{t('people.roles.toPeople')}</Button>
          </Link>
        ) : undefined
      }
    >
      {permissions.error ? (
        <ErrorNote
          {...describeError(permissions.error, language)}
          retryLabel={t('shell.retry')}
          onRetry={() => void permissions.refetch()}
        />
      ) : null}
      {permissions.data ? <Matrix table={permissions.data} /> : permissions.isPending ? <Spin /> : null}
      <p className={styles.legend}>{t('people.roles.legend')}</p>
    </Page>
  );
}

function Matrix({ table }: { readonly table: PermissionListJson }) {
  const { t } = useTranslation();
  const words = usePeopleWords();
  const mine = useMe()?.role;
  return (
    <div className={styles.matrixFrame}>
      <table className={styles.matrix} data-testid="permission-matrix">
        <thead>
          <tr>
            <th scope="col">{t('people.roles.object')}</th>
            <th scope="col">{t('people.roles.action')}</th>
            {table.roles.map((role) => (
              <th key={role} scope="col" data-mine={role === mine}>
                {words.role(role)}
                {table.maskedRoles.includes(role) ? <small>{t('people.roles.masked')}</small> : null}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {permissionGroups(table.permissions).map(({ object, rows }) =>
            rows.map(({ action, scopes }, index) => (
              <tr key={`${object}:${action}`} data-last={index === rows.length - 1}>
                {index === 0 ? (
                  <th scope="rowgroup" rowSpan={rows.length}>
                    {words.object(object)}
                  </th>
                ) : null}
                <th scope="row">{words.action(action)}</th>
                {table.roles.map((role) => (
                  <td key={role} data-mine={role === mine}>
                    <Cell scope={scopes[role]} />
                  </td>
                ))}
              </tr>
            )),
          )}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ scope }: { readonly scope: string | undefined }) {
  const { t } = useTranslation();
  if (scope === undefined) return <span className={styles.nothing}>—</span>;
  return (
    <span className={styles.scope} data-scope={scope}>
      {t(`people.scope.${scope}`)}
    </span>
  );
}
