// One message over HTTP to where an administrator said, and nowhere else: no redirect is followed, nothing of the answer is read but its
// status, and unless private networks are allowed the connection goes to the very address that was judged (public-address.ts).
import { type ClientRequest, type RequestOptions, request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { isPublicAddress, numbersOf, PrivateAddressError, publicLookup } from './public-address.ts';

export interface PostMessage {
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** True: private networks may be reached. */
  readonly allowPrivate: boolean;
}

/** The status of the answer. Throws PrivateAddressError, the reason of the signal, and what the network says. */
export function sendPost({ url, body, headers, signal, allowPrivate }: PostMessage): Promise<number> {
  const to = new URL(url);
  const numbers = numbersOf(to);
  return new Promise((resolve, reject) => {
    // numbers are never looked up
    if (!allowPrivate && numbers !== null && !isPublicAddress(numbers))
      throw new PrivateAddressError(`${numbers} is in a private network`);
    const options: RequestOptions = {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      signal,
      // a connection of its own: one that was opened before could lead elsewhere
      agent: false,
      ...(!allowPrivate && { lookup: publicLookup() }),
    };
    const request: ClientRequest = (to.protocol === 'https:' ? requestTls : requestPlain)(to, options);
    request.once('response', (response) => {
      resolve(response.statusCode ?? 0);
      response.destroy();
    });
    request.on('error', (error) => reject(signal.aborted ? signal.reason : error));
    request.end(body);
  });
}
