// What a PDF does beside showing pages (ISO 32000-1, 12.6, 13 and 7.11.4): scripts, programs, files within, forms of another language,
// films. A paper that is put on file needs none of it.
import {
  isDictionary,
  nameOf,
  type PdfCursor,
  type PdfDictionary,
  type PdfValue,
  readName,
} from './pdf-value.ts';
import type { WalkedPdf } from './walk-pdf.ts';

export const activeParts = ['javascript', 'launch', 'files', 'xfa', 'media'] as const;
export type ActivePart = (typeof activeParts)[number];

/** Names that stand for nothing else: wherever they are met. */
const telling: ReadonlyMap<string, ActivePart> = new Map([
  ['JavaScript', 'javascript'],
  ['Launch', 'launch'],
  ['EmbeddedFile', 'files'],
  ['EmbeddedFiles', 'files'],
  ['FileAttachment', 'files'],
  ['GoToE', 'files'],
  ['RichMedia', 'media'],
  ['RichMediaExecute', 'media'],
  ['Rendition', 'media'],
]);
/** Kinds of actions and notes on a page that play something. */
const playing: ReadonlySet<string> = new Set(['Movie', 'Sound', 'Screen', '3D', 'GoTo3DView']);
/** Shorter ones come up in packed pictures by chance. */
const SHORTEST_TELLING = 5;

/** Null: nothing. Also finds what stands where no reader of objects looks, as between them or in what a later version took away. */
export function findActive(pdf: WalkedPdf, bytes: Uint8Array): ActivePart | null {
  for (const name of [
    ...pdf.names,
    ...namesIn(bytes),
    ...pdf.unpacked.flatMap((inner) => [...namesIn(inner)]),
  ]) {
    const part = telling.get(name);
    if (part) return part;
  }
  if (pdf.names.has('XFA')) return 'xfa';
  for (const { value } of pdf.objects) {
    // a kind may be named by an object of its own
    if (playing.has(nameOf(value) ?? '')) return 'media';
    const part = activeIn(value);
    if (part) return part;
  }
  return null;
}

function activeIn(whole: PdfValue): ActivePart | null {
  const waiting: PdfValue[] = [whole];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    const part = isDictionary(value) ? activeOf(value) : null;
    if (part) return part;
    if (isDictionary(value) || Array.isArray(value)) for (const inner of value.values()) waiting.push(inner);
  }
  return null;
}

function activeOf(dictionary: PdfDictionary): ActivePart | null {
  const has = (key: string): boolean => dictionary.has(key);
  if (has('JS') && has('S')) return 'javascript';
  if (has('EF') && (has('F') || has('UF') || nameOf(dictionary.get('Type')) === 'Filespec')) return 'files';
  const kinds = [nameOf(dictionary.get('S')), nameOf(dictionary.get('Subtype'))];
  return kinds.some((kind) => kind !== null && playing.has(kind)) ? 'media' : null;
}

/** Long names anywhere in these bytes, whatever they are part of. */
function namesIn(bytes: Uint8Array): Set<string> {
  const cursor: PdfCursor = { bytes, at: 0, names: new Set() };
  for (let at = bytes.indexOf(0x2f); at >= 0; at = bytes.indexOf(0x2f, cursor.at)) {
    cursor.at = at;
    readName(cursor);
  }
  return new Set([...cursor.names].filter((name) => name.length >= SHORTEST_TELLING));
}
