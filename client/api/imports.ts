// Imports: send a file (look only, usable rows, all or nothing) and read the reports back.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type {
  Datum,
  ImportKind,
  ImportListJson,
  ImportMode,
  ImportReportJson,
} from '../../server/contract/imports.ts';
import type { SiteJson } from '../../server/contract/sites.ts';
import { fetchJson, queryText } from './fetch-reply.ts';
import { makeActs } from './once-key.ts';
import { queryKeys } from './query-keys.ts';

export interface ImportRequest {
  readonly file: File;
  readonly kind: ImportKind;
  readonly mode: ImportMode;
  readonly datum?: Datum | undefined;
  readonly defaultHeightM?: number | undefined;
  readonly defaultType?: string | undefined;
  readonly defaultAreaKind?: string | undefined;
  readonly defaultStatus?: SiteJson['status'] | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onSent?: ((sentBytes: number, totalBytes: number) => void) | undefined;
}

export function useImports() {
  return useQuery({
    queryKey: queryKeys.imports,
    queryFn: ({ signal }) => fetchJson<ImportListJson>('/api/imports', { signal }),
    select: (reply) => reply.imports,
  });
}

export function useImport(importId: string | null) {
  return useQuery({
    queryKey: [...queryKeys.imports, importId],
    queryFn: ({ signal }) =>
      fetchJson<ImportReportJson>(`/api/imports/${encodeURIComponent(importId ?? '')}`, { signal }),
    enabled: importId !== null,
  });
}

export function useSendImport() {
  const client = useQueryClient();
  const [acts] = useState(makeActs);
  return useMutation({
    mutationFn: ({ file, signal, onSent, ...query }: ImportRequest) => {
      const form = new FormData();
      form.append('file', file, file.name);
      const { name, size, lastModified } = file;
      // the same file sent again before there was an answer is the same import
      return acts.run([query, name, size, lastModified], (once) =>
        fetchJson<ImportReportJson>(`/api/imports${queryText(query)}`, {
          method: 'POST',
          form,
          once,
          signal,
          onSent,
        }),
      );
    },
    onSuccess: (report) => {
      if (report.mode === 'check') return;
      return Promise.all(
        [
          queryKeys.imports,
          queryKeys.sites,
          queryKeys.areas,
          queryKeys.districts,
          queryKeys.rasters,
          queryKeys.status,
        ].map((key) => client.invalidateQueries({ queryKey: key })),
      );
    },
  });
}
