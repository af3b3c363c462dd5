// Files of our own server on their way to the person: fetched by the page, so that what is refused is said in words, a session that has
// ended is asked for, and a file that takes long can be called off. `screens/shell/files.tsx` shows them.
import { fetchFile } from '../api/fetch-reply.ts';
import { saveBlob } from '../parts/save-file.ts';
import { makeStore } from './make-store.ts';

export interface FileUnderWay {
  readonly address: string;
  readonly stop: () => void;
}

export interface RefusedFile {
  readonly address: string;
  readonly fileName: string;
  readonly error: unknown;
}

export const filesStore = makeStore<{
  readonly underWay: readonly FileUnderWay[];
  readonly refused: RefusedFile | null;
}>({ underWay: [], refused: null });

/** `fileName` is for a file the service does not name. One that is under way is not asked for twice. */
export async function download(fileName: string, address: string): Promise<void> {
  if (filesStore.get().underWay.some((file) => file.address === address)) return;
  const calling = new AbortController();
  const file = { address, stop: () => calling.abort() };
  filesStore.set(({ underWay }) => ({ underWay: [...underWay, file], refused: null }));
  try {
    const fetched = await fetchFile(address, calling.signal);
    saveBlob(fetched.fileName ?? fileName, fetched.blob);
  } catch (error) {
    if (!calling.signal.aborted) filesStore.set({ refused: { address, fileName, error } });
  } finally {
    filesStore.set(({ underWay }) => ({ underWay: underWay.filter((one) => one !== file) }));
  }
}

export const forgetRefusedFile = (): void => filesStore.set({ refused: null });
