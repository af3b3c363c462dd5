// An untrusted PDF read in the reader process: how many pages it has, or why it is not put on file.
import { ProductError, type Sentence } from '../errors.ts';
import { type ReaderLimits, readInChild } from './parse-in-child.ts';
import type { ActivePart } from './pdf/find-active.ts';
import type { PdfOutcome } from './pdf/read-pdf.ts';

const activeWords: Readonly<Record<ActivePart, Sentence>> = {
  javascript: { zh: '脚本（JavaScript）', en: 'scripts (JavaScript)' },
  launch: { zh: '启动其他程序的动作', en: 'actions that start other programs' },
  files: { zh: '内嵌的其他文件', en: 'other files within it' },
  xfa: { zh: 'XFA 动态表单', en: 'an XFA form' },
  media: { zh: '音视频或三维内容', en: 'sound, film or 3D content' },
};

/**
 * Throws ATTACHMENT_CUT_OFF, ATTACHMENT_BROKEN, ATTACHMENT_ENCRYPTED, ATTACHMENT_ACTIVE, and ATTACHMENT_BROKEN as well for what the
 * reader could not do within its limits.
 */
export async function readPdfInChild(
  bytes: Uint8Array,
  limits: ReaderLimits,
  signal?: AbortSignal,
): Promise<{ readonly pages: number }> {
  const outcome = await outcomeOf(bytes, limits, signal);
  switch (outcome.kind) {
    case 'pdf':
      return { pages: outcome.pages };
    case 'cut-off':
      throw new ProductError('ATTACHMENT_CUT_OFF', { where: outcome.where });
    case 'broken':
      throw new ProductError('ATTACHMENT_BROKEN', { where: outcome.where });
    case 'encrypted':
      throw new ProductError('ATTACHMENT_ENCRYPTED');
    case 'active':
      throw new ProductError('ATTACHMENT_ACTIVE', { what: activeWords[outcome.part] });
  }
}

const tooMuch: readonly string[] = ['IMPORT_TIMEOUT', 'IMPORT_READER_FAILED'];

async function outcomeOf(
  bytes: Uint8Array,
  limits: ReaderLimits,
  signal: AbortSignal | undefined,
): Promise<PdfOutcome> {
  try {
    const [line = ''] = await readInChild(bytes, { kind: 'pdf' }, limits, signal);
    return JSON.parse(line) as PdfOutcome; // our own child's one line
  } catch (error) {
    if (error instanceof ProductError && tooMuch.includes(error.code))
      return { kind: 'broken', where: 'size' };
    throw error;
  }
}
