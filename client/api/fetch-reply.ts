// The only place that talks to the network. Every refusal becomes an ApiError with code, sentence and hint in both
// languages, so that screens never have to guess what happened. A call that is refused because nobody is signed in any
// more waits for whoever listens (`onSessionNeeded`) and is then sent once again: nothing of a refused call has happened.
import type { ErrorReplyJson } from '../../server/contract/shared.ts';
import { type BothLanguages, inLanguage, type Language } from '../format/language.ts';
import { sendWithProgress } from './send-with-progress.ts';

export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly sentence: BothLanguages;
  readonly hint: BothLanguages;
  readonly details: readonly { readonly path: string; readonly message: string }[];
  /** The whole refusal: some codes carry more, such as the fresh row of a stale change. */
  readonly reply: unknown;

  constructor(status: number, reply: Pick<ErrorReplyJson, 'code' | 'message' | 'hint' | 'details'>) {
    super(`${reply.code} ${reply.message.en}`);
    this.name = 'ApiError';
    this.status = status;
    this.code = reply.code;
    this.sentence = reply.message;
    this.hint = reply.hint;
    this.details = reply.details ?? [];
    this.reply = reply;
  }
}

/** Why a call waits for a person: nobody is signed in, or a password has to be chosen first. */
export type SessionNeed = 'SESSION_NEEDED' | 'SESSION_PASSWORD_CHANGE';

let renewSession: (need: SessionNeed) => Promise<boolean> = async () => false;

/** `renew` is asked by every refused call and answers whether it is worth sending again. One listener; the last one counts. */
export function onSessionNeeded(renew: (need: SessionNeed) => Promise<boolean>): void {
  renewSession = renew;
}

export interface CallOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Version of the row a change was made on; another one is refused with 412. */
  readonly ifMatch?: number;
  /** Key of an act that must happen once, however often it is sent (once-key.ts). */
  readonly once?: string;
  readonly form?: FormData;
  /** How much of the form has left; needs `form`. */
  readonly onSent?: ((sentBytes: number, totalBytes: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Changes that wait for their answer, by what they say. */
const underWay = new Map<string, Promise<unknown>>();

/**
 * JSON of an answer; an empty answer (204) is `undefined`. Throws ApiError. The same change said again while the first waits for its answer
 * is that change: a double click on a slow machine makes no second one, and hears what the first one hears.
 */
export function fetchJson<Reply>(path: string, options: CallOptions = {}): Promise<Reply> {
  const change = changeOf(path, options);
  if (change === null) return readJson(path, options);
  // the same call has the same answer
  const first = underWay.get(change) as Promise<Reply> | undefined;
  if (first !== undefined) return first;
  const answer = readJson<Reply>(path, options).finally(() => underWay.delete(change));
  underWay.set(change, answer);
  return answer;
}

async function readJson<Reply>(path: string, options: CallOptions): Promise<Reply> {
  const response = await fetchReply(path, options);
  if (response.status === 204) return undefined as Reply;
  return (await response.json()) as Reply;
}

/** Null: a question, a file, or a call that may be called off. */
function changeOf(
  path: string,
  { method = 'GET', json, ifMatch, once, form, signal }: CallOptions,
): string | null {
  if (method === 'GET' || form !== undefined || signal !== undefined) return null;
  return JSON.stringify([method, path, ifMatch ?? null, once ?? null, json ?? null]);
}

/** Bytes of an answer. Throws ApiError. */
export async function fetchBytes(path: string, options: CallOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetchReply(path, options);
  return new Uint8Array(await response.arrayBuffer());
}

export interface FetchedFile {
  readonly blob: Blob;
  /** As the service names it; null: it does not. */
  readonly fileName: string | null;
}

/** A file to be handed to the person. Throws ApiError. */
export async function fetchFile(path: string, signal: AbortSignal): Promise<FetchedFile> {
  const response = await fetchReply(path, { signal });
  return { blob: await response.blob(), fileName: fileNameOf(response.headers.get('content-disposition')) };
}

/** The name within a `Content-Disposition` (RFC 6266), the encoded one first; null: there is none. */
export function fileNameOf(disposition: string | null): string | null {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1];
  const plain = /filename="([^"]*)"/i.exec(disposition ?? '')?.[1];
  try {
    return encoded === undefined ? (plain ?? null) : decodeURIComponent(encoded);
  } catch {
    return plain ?? null;
  }
}

/** `?a=1&b=2` without the keys that are empty. */
export function queryText(
  query: Readonly<Record<string, string | number | boolean | null | undefined>>,
): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue;
    params.set(key, String(value));
  }
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

/** Sentence, hint and code of any error, as `ErrorNote` shows them. */
export function describeError(
  error: unknown,
  language: Language,
): { message: string; hint: string; code: string } {
  if (error instanceof ApiError) {
    return {
      message: inLanguage(error.sentence, language),
      // the hint of this one speaks to whoever writes programs
      hint: inLanguage(error.code === 'REQUEST_INVALID' ? valueHint : error.hint, language),
      code: error.code,
    };
  }
  const text = error instanceof Error ? error.message : String(error);
  return { message: text, hint: inLanguage(unknownHint, language), code: 'CLIENT_UNEXPECTED' };
}

async function fetchReply(path: string, options: CallOptions): Promise<Response> {
  const first = await send(path, options);
  if (first.ok) return first;
  const refusal = await readRefusal(first);
  const { code } = refusal;
  const isWorthIt = isSessionNeed(code) && (await unlessAborted(renewSession(code), options.signal));
  if (!isWorthIt) throw new ApiError(first.status, refusal);
  const second = await send(path, options);
  if (!second.ok) throw new ApiError(second.status, await readRefusal(second));
  return second;
}

async function send(path: string, options: CallOptions): Promise<Response> {
  const init: RequestInit = { method: options.method ?? 'GET', credentials: 'same-origin' };
  const headers: Record<string, string> = {};
  if (options.signal !== undefined) init.signal = options.signal;
  if (options.ifMatch !== undefined) headers['if-match'] = `"${options.ifMatch}"`;
  if (options.once !== undefined) headers['idempotency-key'] = options.once;
  if (options.json !== undefined) {
    init.body = JSON.stringify(options.json);
    headers['content-type'] = 'application/json';
  } else if (options.form !== undefined) {
    init.body = options.form;
  }
  init.headers = headers;
  try {
    return options.form !== undefined && options.onSent !== undefined
      ? await sendWithProgress(path, options.form, headers, options.onSent, options.signal)
      : await fetch(path, init);
  } catch (cause) {
    if (options.signal?.aborted) throw cause;
    throw new ApiError(0, offline);
  }
}

const isSessionNeed = (code: string): code is SessionNeed =>
  code === 'SESSION_NEEDED' || code === 'SESSION_PASSWORD_CHANGE';

/** A screen that has gone does not wait for a person. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

async function readRefusal(response: Response): Promise<ErrorReplyJson> {
  try {
    const body: unknown = await response.json();
    if (isRefusal(body)) return body;
  } catch {
    // Not JSON: a proxy in between answered.
  }
  return response.status >= 502 && response.status <= 504
    ? offline
    : { ...unknown, code: `HTTP_${response.status}` };
}

function isRefusal(body: unknown): body is ErrorReplyJson {
  return typeof body === 'object' && body !== null && 'code' in body && 'message' in body && 'hint' in body;
}

const unknownHint: BothLanguages = {
  zh: '刷新页面后重试；若再次出现，请查看服务日志。',
  en: 'Reload the page and try again; if it happens again, look into the service log.',
};

const valueHint: BothLanguages = {
  zh: '请改正这一项后重试；若不清楚，请把这句话告诉管理员。',
  en: 'Correct it and try again; if it is not clear, tell an administrator this sentence.',
};

const offline: ErrorReplyJson = {
  code: 'CLIENT_OFFLINE',
  message: { zh: '服务没有应答。', en: 'The service does not answer.' },
  hint: {
    zh: '确认服务正在运行（npm start），然后重试。',
    en: 'Check that it is running (npm start), then try again.',
  },
  requestId: '',
};

const unknown: ErrorReplyJson = {
  code: 'CLIENT_UNEXPECTED',
  message: { zh: '服务给出了无法理解的应答。', en: 'The service gave an answer that cannot be read.' },
  hint: unknownHint,
  requestId: '',
};
