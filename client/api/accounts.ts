// Accounts as administrators see them, and the permission table.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  AccountChangesJson,
  AccountJson,
  AccountPageJson,
  NewAccountJson,
  PermissionListJson,
} from '../../server/contract/people.ts';
import { fetchJson, queryText } from './fetch-reply.ts';
import { freshRow } from './fresh-row.ts';
import { queryKeys } from './query-keys.ts';

export interface AccountQuery {
  readonly q?: string | undefined;
  readonly role?: AccountJson['role'] | undefined;
  readonly state?: 'active' | 'disabled' | undefined;
  readonly page?: number | undefined;
  readonly pageSize?: number | undefined;
}

const accountPath = (accountId: string) => `/api/accounts/${encodeURIComponent(accountId)}`;

export function useAccountPage(query: AccountQuery) {
  return useQuery({
    queryKey: [...queryKeys.accounts, query],
    queryFn: ({ signal }) =>
      fetchJson<AccountPageJson>(`/api/accounts${queryText({ ...query })}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function useCreateAccount() {
  return useAccountMutation((account: NewAccountJson) =>
    fetchJson<AccountJson>('/api/accounts', { method: 'POST', json: account }),
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
    fetchJson<{ ended: number }>(`${accountPath(accountId)}/sign-out`, { method: 'POST' }),
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
