// Whether bytes of unknown hands are a PDF that may be put on file: whole, readable without a password, and nothing but pages. Runs in
// the reader process, with its memory and its time; nothing is drawn, and only object streams are unpacked.
import { countPages } from './count-pages.ts';
import { type ActivePart, findActive } from './find-active.ts';
import { isBlank, PdfFault } from './pdf-value.ts';
import { walkPdf } from './walk-pdf.ts';

export interface PdfOptions {
  readonly kind: 'pdf';
}

export type PdfOutcome =
  | { readonly kind: 'pdf'; readonly pages: number }
  | { readonly kind: 'cut-off' | 'broken'; readonly where: string }
  | { readonly kind: 'encrypted' }
  | { readonly kind: 'active'; readonly part: ActivePart };

const END = Buffer.from('%%EOF');
/** Within so many bytes a reader looks for the end (ISO 32000-1, annex H). */
const TAIL_BYTES = 1024;
const ZIP_END = Buffer.from('PK\x05\x06', 'latin1');
/** A ZIP archive ends with its directory and a comment of at most 65 535 bytes. */
const ZIP_TAIL_BYTES = 65_557;

/** Never throws for what the bytes hold. */
export function readPdf(bytes: Buffer): PdfOutcome {
  try {
    demandEnd(bytes);
    const pdf = walkPdf(bytes);
    if (pdf.names.has('Encrypt')) return { kind: 'encrypted' };
    const part = findActive(pdf, bytes);
    if (part) return { kind: 'active', part };
    return { kind: 'pdf', pages: countPages(pdf) };
  } catch (error) {
    if (error instanceof PdfFault) return { kind: error.kind, where: error.where };
    throw error;
  }
}

function demandEnd(bytes: Buffer): void {
  if (!/^%PDF-[12]\.\d/.test(bytes.toString('latin1', 0, 8))) throw new PdfFault('broken', '%PDF');
  const end = bytes.lastIndexOf(END);
  if (end < 0 || end < bytes.length - TAIL_BYTES) throw new PdfFault('cut-off', '%%EOF');
  if (!bytes.subarray(end + END.length).every(isBlank)) throw new PdfFault('broken', '%%EOF');
  if (bytes.indexOf('startxref', Math.max(0, end - TAIL_BYTES), 'latin1') < 0)
    throw new PdfFault('cut-off', 'startxref');
  // an archive that is a PDF as well
  if (bytes.indexOf(ZIP_END, Math.max(0, bytes.length - ZIP_TAIL_BYTES)) >= 0)
    throw new PdfFault('broken', 'ZIP');
}
