// Accounts as administrators see them, alone and many at once, and the permission table.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type {
  AccountChangesJson,
  AccountExportQueryJson,
  AccountJson,
  AccountPageJson,
  AccountQueryJson,
  BulkAccountJson,
  BulkAccountResultJson,
  EndedSessionsJson,
  NewAccountJson,
  PermissionListJson,
} from '../../server/contract/people.ts';
import { fetchJson, queryText } from './fetch-reply.ts';
import { freshRow } from './fresh-row.ts';
import { makeActs } from './once-key.ts';
import { queryKeys } from './query-keys.ts';

const accountPath = (accountId: string) => `/api/accounts/${encodeURIComponent(accountId)}`;

export function useAccountPage(query: AccountQueryJson) {
  return useQuery({
    queryKey: [...queryKeys.accounts, query],
    queryFn: ({ signal }) =>
      fetchJson<AccountPageJson>(`/api/accounts${queryText({ ...query })}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function useAccount(accountId: string | null) {
  return useQuery({
    queryKey: [...queryKeys.accounts, 'one', accountId],
    queryFn: ({ signal }) => fetchJson<AccountJson>(accountPath(accountId ?? ''), { signal }),
    enabled: accountId !== null,
  });
}

export const accountsExportUrl = (query: AccountExportQueryJson): string =>
  `/api/accounts/export.xlsx${queryText({ ...query })}`;

export function useBulkAccounts() {
  const [acts] = useState(makeActs);
  return useAccountMutation((bulk: BulkAccountJson) =>
    acts.run(bulk, (once) =>
      fetchJson<BulkAccountResultJson>('/api/accounts/bulk', { method: 'POST', json: bulk, once }),
    ),
  );
}

export function useCreateAccount() {
  const [acts] = useState(makeActs);
  return useAccountMutation((account: NewAccountJson) =>
    acts.run(account, (once) =>
      fetchJson<AccountJson>('/api/accounts', { method: 'POST', json: account, once }),
    ),
  );
}

export interface AccountChange {
  /** As it was read: its version goes along. */
  readonly account: Pick<AccountJson, 'id' | 'version'>;
  readonly changes: AccountChangesJson;
}

/** Refused with ACCOUNT_STALE when somebody else was faster; `freshAccount` reads the row out of the refusal. */
export function useChangeAccount() {
  return useAccountMutation(({ account, changes }: AccountChange) =>
    fetchJson<AccountJson>(accountPath(account.id), {
      method: 'PATCH',
      json: changes,
      ifMatch: account.version,
    }),
  );
}

export function useResetPassword() {
  return useAccountMutation(({ accountId, password }: { accountId: string; password: string }) =>
    fetchJson<void>(`${accountPath(accountId)}/password`, { method: 'POST', json: { password } }),
  );
}

export function useSignOutAccount() {
  return useAccountMutation((accountId: string) =>
    fetchJson<EndedSessionsJson>(`${accountPath(accountId)}/sign-out`, { method: 'POST' }),
  );
}

/** The account as it is now, out of the refusal of a stale change; null for any other error. */
export const freshAccount = (error: unknown): AccountJson | null => freshRow<AccountJson>(error, 'account');

export function usePermissions() {
  return useQuery({
    queryKey: queryKeys.permissions,
    queryFn: ({ signal }) => fetchJson<PermissionListJson>('/api/permissions', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

function useAccountMutation<Asked, Answer>(mutationFn: (asked: Asked) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    // also after a refusal: the row may have been changed by somebody else
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.accounts }),
  });
}
