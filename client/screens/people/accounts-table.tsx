// The accounts in the table of every desk: states as tabs, one page from the service, work on many at once.
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountAct, AccountJson } from '../../../server/contract/people.ts';
import { accountsExportUrl, useAccountPage } from '../../api/accounts.ts';
import { DeskTable } from '../../parts/desk-table.tsx';
import { useChosenRows } from '../../parts/use-chosen-rows.ts';
import { useMay } from '../../state/session.ts';
import { useTableSettings } from '../../state/table-settings.ts';
import { ExportButton } from '../shell/export-button.tsx';
import { useTableError } from '../shell/use-table-error.ts';
import { useAccountColumns } from './account-columns.tsx';
import { BulkAccountsDialog } from './bulk-accounts-dialog.tsx';
import {
  accountSorts,
  accountStates,
  exportQueryOf,
  isFiltered,
  type PeopleView,
  pageQueryOf,
  plainView,
  readPeopleView,
  writePeopleView,
} from './people-query.ts';
import { PeopleToolbar } from './people-toolbar.tsx';
import type { PeopleWords } from './use-people-words.ts';

const acts: readonly AccountAct[] = ['disable', 'enable', 'sign-out', 'unlock'];

export interface AccountsTableProps {
  readonly view: PeopleView;
  readonly words: PeopleWords;
  readonly onChange: (change: Partial<PeopleView>) => void;
}

export function AccountsTable({ view, words, onChange }: AccountsTableProps) {
  const { t } = useTranslation();
  const mayChange = useMay('account:change');
  const settings = useTableSettings('people');
  const page = useAccountPage(pageQueryOf(view));
  const refused = useTableError(page);
  const open = (account: string) => onChange({ account });
  const columns = useAccountColumns(words, mayChange, ({ id }) => open(id));
  const [chosenRows, setChosen] = useChosenRows();
  const chosen = chosenRows.map(({ id }) => id);
  const [act, setAct] = useState<AccountAct | null>(null);
  const states = page.data?.states;
  const { sort, order, pageSize } = view;
  const clear = () => onChange({ ...plainView, sort, order, pageSize });
  return (
    <>
      <DeskTable<AccountJson>
        testId="people"
        rows={page.data?.accounts ?? []}
        rowKey={({ id }) => id}
        columns={columns}
        settings={settings}
        total={page.data?.total ?? null}
        page={view.page}
        pageSize={pageSize}
        onPage={onChange}
        sort={sort === plainView.sort && order === plainView.order ? null : { key: sort, order }}
        onSort={(by) =>
          onChange({
            sort: accountSorts.find((one) => one === by?.key) ?? plainView.sort,
            order: by?.order ?? plainView.order,
          })
        }
        isLoading={page.isFetching && (page.isPending || page.isPlaceholderData)}
        error={refused}
        focusId={view.account}
        onOpen={open}
        selection={
          mayChange
            ? {
                ids: chosen,
                onChange: setChosen,
                acts: acts.map((one) => (
                  <Button
                    key={one}
                    size="small"
                    danger={one === 'disable'}
                    onClick={() => setAct(one)}
                    data-testid={`people-bulk-${one}`}
                  >
                    {t(`people.bulk.act.${one}`)}
                  </Button>
                )),
              }
            : null
        }
        toolbar={<PeopleToolbar view={view} words={words} onChange={onChange} onClear={clear} />}
        actions={
          <ExportButton
            fileName="accounts.xlsx"
            url={accountsExportUrl(exportQueryOf(view))}
            testId="people-export"
          />
        }
        tabs={{
          label: t('people.column.state'),
          active: view.state ?? 'all',
          items: [
            {
              key: 'all',
              title: t('people.allStates'),
              ...(states && { count: states.active + states.locked + states.disabled }),
            },
            ...accountStates.map((state) => ({
              key: state,
              title: t(`people.state.${state}`),
              ...(states && { count: states[state] }),
            })),
          ],
          onTab: (key) => onChange({ state: accountStates.find((state) => state === key) ?? null }),
        }}
        view={{
          query: writePeopleView({ ...view, page: 1, account: null }).toString(),
          onTake: (query) => onChange(readPeopleView(new URLSearchParams(query))),
        }}
        empty={{ isFiltered: isFiltered(view), text: t('people.empty'), onClear: clear }}
      />
      {act === null ? null : (
        <BulkAccountsDialog
          rows={chosenRows}
          act={act}
          onDone={() => setChosen([])}
          onClose={() => setAct(null)}
        />
      )}
    </>
  );
}
