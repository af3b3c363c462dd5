// Sends a form and says how much of it has left: fetch cannot tell, XMLHttpRequest can. Answers like fetch does.

/** Resolves with any answer, also a refusal; rejects like fetch when nothing answers or the signal aborts. */
export function sendWithProgress(
  path: string,
  form: FormData,
  headers: Readonly<Record<string, string>>,
  onSent: (sentBytes: number, totalBytes: number) => void,
  signal: AbortSignal | undefined,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const request = new XMLHttpRequest();
    request.open('POST', path);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onSent(event.loaded, event.total);
    });
    request.addEventListener('load', () => {
      const answered = { 'content-type': request.getResponseHeader('content-type') ?? '' };
      // A Response with one of these must not carry a body, not even an empty one.
      const isEmpty = request.status === 204 || request.status === 205 || request.status === 304;
      resolve(
        new Response(isEmpty ? null : request.responseText, { status: request.status, headers: answered }),
      );
    });
    request.addEventListener('error', () => reject(new TypeError('nothing answers')));
    request.addEventListener('abort', () =>
      reject(signal?.reason ?? new DOMException('aborted', 'AbortError')),
    );
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(form);
  });
}
