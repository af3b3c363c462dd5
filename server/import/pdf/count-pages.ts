// How many pages a PDF shows: the leaves of the page tree its catalogue names (ISO 32000-1, 7.7.3), each once.
import { isDictionary, isRef, nameOf, type PdfDictionary, PdfFault, type PdfValue } from './pdf-value.ts';
import type { WalkedPdf } from './walk-pdf.ts';

/** Throws PdfFault where there is no page. */
export function countPages({ objects, trailers }: WalkedPdf): number {
  // of several versions the last one counts
  const known = new Map(objects.map(({ number, value }) => [number, value]));
  const follow = (value: PdfValue | undefined): PdfValue =>
    (isRef(value) ? known.get(value.ref) : value) ?? null;
  const root = follow(trailers.findLast((trailer) => trailer.has('Root'))?.get('Root'));
  if (!isDictionary(root)) throw new PdfFault('broken', 'catalogue');
  const seen = new Set<PdfDictionary>();
  const waiting: PdfValue[] = [follow(root.get('Pages'))];
  let pages = 0;
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (!isDictionary(node) || seen.has(node)) throw new PdfFault('broken', 'pages');
    seen.add(node);
    const kids = follow(node.get('Kids'));
    if (Array.isArray(kids)) for (const kid of kids) waiting.push(follow(kid));
    else if (nameOf(follow(node.get('Type'))) === 'Pages') throw new PdfFault('broken', 'pages');
    else pages += 1;
  }
  if (pages === 0) throw new PdfFault('broken', 'pages');
  return pages;
}
