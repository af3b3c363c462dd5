// The text of a PDF as its own maps to Unicode tell it, page by page in the order it was drawn, without blanks: enough for files of this
// house, whose fonts are embedded with two-byte codes (PDF 1.7, 9.10). An eye of its own, so that a test does not trust the writer.
import { inflateSync } from 'node:zlib';

/** One text for each page. */
export function readPdfText(file: Uint8Array): string[] {
  const source = Buffer.from(file).toString('latin1');
  const objects = new Map<string, string>();
  for (const [, id = '', body = ''] of source.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g))
    objects.set(id, body);
  const named = (body: string | undefined, key: string): string | undefined =>
    new RegExp(`/${key} (\\d+) 0 R`).exec(body ?? '')?.[1];
  const maps = new Map<string, Map<string, string>>();
  for (const [id, body] of objects)
    if (/\/Type \/Font\b/.test(body) && named(body, 'ToUnicode'))
      maps.set(id, readMap(streamOf(objects.get(named(body, 'ToUnicode') ?? '') ?? '')));
  const pages = [...objects.values()].filter((body) => /\/Type \/Page\b/.test(body));
  return pages.map((page) => {
    const resources = objects.get(named(page, 'Resources') ?? '') ?? page;
    const fonts = new Map(
      [...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', id = '']) => [name, maps.get(id)]),
    );
    return pageText(streamOf(objects.get(named(page, 'Contents') ?? '') ?? ''), fonts);
  });
}

function streamOf(body: string): string {
  const data = /stream\n([\s\S]*)\nendstream/.exec(body)?.[1] ?? '';
  const bytes = Buffer.from(data, 'latin1');
  return (/\/FlateDecode/.test(body) ? inflateSync(bytes) : bytes).toString('latin1');
}

/** Code in four hexadecimal digits → its character. */
function readMap(cmap: string): Map<string, string> {
  const map = new Map<string, string>();
  for (const [, from = '', list = ''] of cmap.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/gi))
    [...list.matchAll(/<([0-9a-f ]+)>/gi)].forEach(([, hex = ''], index) => {
      const code = (Number.parseInt(from, 16) + index).toString(16).padStart(4, '0');
      map.set(code, Buffer.from(hex.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'));
    });
  return map;
}

/** What is drawn for another text (ActualText, PDF 1.7, 14.9.4) is read as that text. */
function pageText(
  content: string,
  fonts: ReadonlyMap<string, ReadonlyMap<string, string> | undefined>,
): string {
  let map: ReadonlyMap<string, string> | undefined;
  let text = '';
  let isTold = false;
  const parts =
    /\/(F\d+) [\d.]+ Tf|\[((?:<[0-9a-f]*>|[^\]])*)\] TJ|\/ActualText \(((?:\\[\s\S]|[^\\)])*)\)[\s\S]*?BDC|(EMC)/gi;
  for (const [, font, shown, actual, ends] of content.matchAll(parts)) {
    if (font !== undefined) map = fonts.get(font);
    if (actual !== undefined) text += readString(actual);
    if (actual !== undefined || ends !== undefined) isTold = actual !== undefined;
    if (isTold) continue;
    for (const [, hex = ''] of (shown ?? '').matchAll(/<([0-9a-f]*)>/gi))
      for (const code of hex.match(/.{4}/g) ?? []) text += map?.get(code.toLowerCase()) ?? '\uFFFD';
  }
  return text.replace(/\s/g, '');
}

/** Two bytes a character, after a mark of their order. */
function readString(escaped: string): string {
  const signs: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
  const plain = escaped.replace(/\\([\s\S])/g, (_, sign: string) => signs[sign] ?? sign);
  return Buffer.from(plain, 'latin1').subarray(2).swap16().toString('utf16le');
}
