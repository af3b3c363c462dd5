// The only place that talks to the network. Every refusal becomes an ApiError with code, sentence and hint in both
// languages, so that screens never have to guess what happened.
import type { ErrorReplyJson } from '../../server/contract/shared.ts';
import { type BothLanguages, inLanguage, type Language } from '../format/language.ts';
import { sendWithProgress } from './send-with-progress.ts';

export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly sentence: BothLanguages;
  readonly hint: BothLanguages;
  readonly details: readonly { readonly path: string; readonly message: string }[];

  constructor(status: number, reply: Pick<ErrorReplyJson, 'code' | 'message' | 'hint' | 'details'>) {
    super(`${reply.code} ${reply.message.en}`);
    this.name = 'ApiError';
    this.status = status;
    this.code = reply.code;
    this.sentence = reply.message;
    this.hint = reply.hint;
    this.details = reply.details ?? [];
  }
}

export interface CallOptions {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** Sent as JSON. */
  readonly json?: unknown;
  readonly form?: FormData;
  /** How much of the form has left; needs `form`. */
  readonly onSent?: ((sentBytes: number, totalBytes: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** JSON of an answer; an empty answer (204) is `undefined`. Throws ApiError. */
export async function fetchJson<Reply>(path: string, options: CallOptions = {}): Promise<Reply> {
  const response = await fetchReply(path, options);
  if (response.status === 204) return undefined as Reply;
  return (await response.json()) as Reply;
}

/** Bytes of an answer. Throws ApiError. */
export async function fetchBytes(path: string, options: CallOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetchReply(path, options);
  return new Uint8Array(await response.arrayBuffer());
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
      hint: inLanguage(error.hint, language),
      code: error.code,
    };
  }
  const text = error instanceof Error ? error.message : String(error);
  return { message: text, hint: inLanguage(unknownHint, language), code: 'CLIENT_UNEXPECTED' };
}

async function fetchReply(path: string, options: CallOptions): Promise<Response> {
  const init: RequestInit = { method: options.method ?? 'GET', credentials: 'same-origin' };
  if (options.signal !== undefined) init.signal = options.signal;
  if (options.json !== undefined) {
    init.body = JSON.stringify(options.json);
    init.headers = { 'content-type': 'application/json' };
  } else if (options.form !== undefined) {
    init.body = options.form;
  }
  let response: Response;
  try {
    response =
      options.form !== undefined && options.onSent !== undefined
        ? await sendWithProgress(path, options.form, options.onSent, options.signal)
        : await fetch(path, init);
  } catch (cause) {
    if (options.signal?.aborted) throw cause;
    throw new ApiError(0, offline);
  }
  if (!response.ok) throw new ApiError(response.status, await readRefusal(response));
  return response;
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
