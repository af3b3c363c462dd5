// Files that are refused before they are sent: PDFs by size, everything else as a photo would be. The service looks at the bytes.
import { type PhotoRefusal, refusePhoto } from '../photos/refuse-photo.ts';

const largestPdfBytes = 20 * 1024 * 1024;

export type AttachmentRefusal = PhotoRefusal | 'pdfSize';

export function refuseAttachment(file: Pick<File, 'name' | 'type' | 'size'>): AttachmentRefusal | null {
  const { name, type, size } = file;
  const isPdf = type === 'application/pdf' || (type === '' && /\.pdf$/i.test(name));
  if (!isPdf) return refusePhoto(file);
  if (size === 0) return 'empty';
  return size > largestPdfBytes ? 'pdfSize' : null;
}
