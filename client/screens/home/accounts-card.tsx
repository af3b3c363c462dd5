// Accounts an administrator should look at: nobody can use them, somebody still uses a first password, or everybody could.
import { useTranslation } from 'react-i18next';
import { useAccountPage } from '../../api/accounts.ts';
import { pageQueryOf, plainView, writePeopleView } from '../people/people-query.ts';
import { accountWorry } from './home-tasks.ts';
import { TaskCard } from './task-card.tsx';

const view = { ...plainView, state: 'active', worry: 'true' } as const;

export function AccountsCard() {
  const { t } = useTranslation();
  const accounts = useAccountPage(pageQueryOf(view));
  const active = accounts.data?.accounts ?? [];
  const demos = active.filter((account) => accountWorry(account) === 'demo');
  const worries = active.flatMap((account) => {
    const worry = accountWorry(account);
    return worry === null || worry === 'demo' ? [] : [{ account, worry }];
  });
  return (
    <TaskCard
      kind="accounts"
      count={accounts.data?.total ?? null}
      error={accounts.error}
      to={`/people?${writePeopleView(view)}`}
      tasks={[
        ...worries.map(({ account: { id, name, login }, worry }) => ({
          key: id,
          title: `${name} · ${login}`,
          note: t(`home.accounts.${worry}`),
        })),
        // they come and go together, so one line does for all
        ...(demos.length === 0
          ? []
          : [
              {
                key: 'demo',
                title: t('home.accounts.demo', { count: demos.length }),
                note: demos.map(({ login }) => login).join(' · '),
              },
            ]),
      ]}
    />
  );
}
