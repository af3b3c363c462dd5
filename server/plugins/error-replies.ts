// Every refusal in one shape: code, sentences, hint, request id. Nothing of SQL, paths, versions or stacks leaves here.
import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorReplyJson } from '../contract/shared.ts';
import { type DescribedError, describeCode, describeError, type ErrorCode, ProductError } from '../errors.ts';
import { StoreError } from '../store/store.ts';
import type { App } from './app-types.ts';
import { schemaSentence } from './schema-sentence.ts';

const RETRY_AFTER_S = 5;
/** Fields named in the sentence; `details` names them all. */
const MOST_TOLD = 3;

export function registerErrorReplies(app: App): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const described = describeRequestError(error, request);
    // 503 is the service saying no in time; everything else from 500 on is a fault somebody has to look at
    if (described.status === 503)
      request.log.warn({ code: described.code, why: error.message }, 'request refused');
    else if (described.status >= 500)
      request.log.error({ err: error, code: described.code }, 'request failed');
    sendError(reply, request.id, described);
  });
  app.setNotFoundHandler((request, reply) => {
    sendError(reply, request.id, describeCode('REQUEST_NOT_FOUND', { path: pathOf(request.url) }));
  });
}

export function replyOf(requestId: string, { code, message, hint, details }: DescribedError): ErrorReplyJson {
  return { code, message, hint, requestId, ...(details.length > 0 && { details: [...details] }) };
}

/** For refusals before a route is found (a broken address, for example). */
export function sendFrameworkError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  sendError(reply, request.id, describeRequestError(error, request));
}

/** For bytes that are no HTTP request, or one that does not end in time: there is no reply object yet, only the line. */
export function sendConnectionError(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const described = describeCode(
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? 'REQUEST_TIMEOUT'
      : error.code === 'HPE_HEADER_OVERFLOW'
        ? 'REQUEST_HEADERS'
        : 'REQUEST_REFUSED',
  );
  if (socket.writable) {
    const body = JSON.stringify(replyOf(randomUUID(), described));
    const head = [
      `HTTP/1.1 ${described.status} ${STATUS_CODES[described.status]}`,
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  }
  socket.destroySoon();
}

function sendError(reply: FastifyReply, requestId: string, described: DescribedError): void {
  if (described.status === 503) reply.header('retry-after', RETRY_AFTER_S);
  reply
    .code(described.status)
    .header('x-request-id', requestId)
    .type('application/json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(replyOf(requestId, described));
}

/** Refusals of the framework by their code; our own and unknown ones by errors.ts. */
function describeRequestError(error: FastifyError, request: FastifyRequest): DescribedError {
  if (error instanceof ProductError || error instanceof StoreError) return describeError(error, request.id);
  if (error.validation) {
    const details = error.validation.map(({ instancePath, message }) => ({
      path: `${error.validationContext ?? 'body'}${instancePath}`,
      message: message ?? '',
    }));
    const told = error.validation
      .slice(0, MOST_TOLD)
      .map((remark, index) => schemaSentence(details[index]!.path, remark));
    const where = { zh: told.map(({ zh }) => zh).join('；'), en: told.map(({ en }) => en).join('; ') };
    return describeCode('REQUEST_INVALID', { where }, details);
  }
  const known = codeOfFramework(error, request);
  if (known) return known;
  const status = error.statusCode ?? 500;
  return status >= 400 && status < 500
    ? { ...describeCode('REQUEST_REFUSED'), status }
    : describeError(error, request.id);
}

function codeOfFramework(error: FastifyError, request: FastifyRequest): DescribedError | null {
  const limit = `${Math.round((request.routeOptions?.bodyLimit ?? 0) / 1024)} KB`;
  const contentType = request.headers['content-type'] || '-';
  const codes: Readonly<Record<string, readonly [ErrorCode, Readonly<Record<string, string>>]>> = {
    FST_ERR_CTP_BODY_TOO_LARGE: ['REQUEST_TOO_LARGE', { limit }],
    FST_REQ_FILE_TOO_LARGE: ['REQUEST_TOO_LARGE', { limit }],
    FST_ERR_CTP_INVALID_MEDIA_TYPE: ['REQUEST_MEDIA_TYPE', { found: contentType }],
    FST_FILES_LIMIT: ['IMPORT_FILE_FORM', {}],
    FST_FIELDS_LIMIT: ['IMPORT_FILE_FORM', {}],
    FST_PARTS_LIMIT: ['IMPORT_FILE_FORM', {}],
    FST_PROTO_VIOLATION: ['IMPORT_FILE_FORM', {}],
    FST_INVALID_MULTIPART_CONTENT_TYPE: ['REQUEST_MEDIA_TYPE', { found: contentType }],
    FST_ERR_CTP_INVALID_JSON_BODY: ['REQUEST_JSON', {}],
    FST_ERR_CTP_EMPTY_JSON_BODY: ['REQUEST_JSON', {}],
  };
  const entry = Object.hasOwn(codes, error.code ?? '') ? codes[error.code] : undefined;
  if (entry) return describeCode(...entry);
  return error instanceof SyntaxError ? describeCode('REQUEST_JSON') : null;
}

const pathOf = (url: string): string => url.split('?')[0]?.slice(0, 200) ?? '';
