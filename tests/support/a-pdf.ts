// PDFs made object by object, with a table of offsets that is right: files every reader opens, to be spoiled on purpose.
import { deflateSync } from 'node:zlib';

export interface PdfPlan {
  /** Pages 4 onwards; the catalogue is 1, the page tree 2. */
  readonly pages?: number;
  /** What the catalogue says beside its pages. */
  readonly catalogue?: string;
  readonly trailer?: string;
  /** Number of an object and what it is. */
  readonly objects?: readonly (readonly [number: number, value: string])[];
  /** Objects within one packed stream, whose own number is 900. */
  readonly packed?: readonly (readonly [number: number, value: string])[];
  /** What the dictionary of that stream says beside what it must. */
  readonly packedType?: string;
}

const FIRST_PAGE = 4;
const PACKED = 900;

export function aPdf(plan: PdfPlan = {}): Buffer {
  const {
    pages = 1,
    catalogue = '',
    trailer = '',
    objects = [],
    packed,
    packedType = '/Type /ObjStm',
  } = plan;
  const kids = Array.from({ length: pages }, (_, index) => FIRST_PAGE + index);
  const parts: (readonly [number: number, value: Buffer])[] = [
    [1, latin(`<< /Type /Catalog /Pages 2 0 R ${catalogue} >>`)],
    [2, latin(`<< /Type /Pages /Count ${pages} /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] >>`)],
    [3, aStream('', latin('BT (a page) Tj ET'))],
    ...kids.map(
      (kid) =>
        [
          kid,
          latin('<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595.28 841.89] /Contents 3 0 R >>'),
        ] as const,
    ),
    ...objects.map(([number, value]) => [number, latin(value)] as const),
    ...(packed ? [[PACKED, packedStream(packed, packedType)] as const] : []),
  ];
  let file = latin('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n');
  const offsets = parts.map(([number, value]) => {
    const offset = file.length;
    file = Buffer.concat([file, latin(`${number} 0 obj\n`), value, latin('\nendobj\n')]);
    return [number, offset] as const;
  });
  const rows = offsets.map(
    ([number, offset]) => `${number} 1\n${String(offset).padStart(10, '0')} 00000 n \n`,
  );
  const table = `xref\n0 1\n0000000000 65535 f \n${rows.join('')}`;
  const end = `trailer\n<< /Size 1000 /Root 1 0 R ${trailer} >>\nstartxref\n${file.length}\n%%EOF\n`;
  return Buffer.concat([file, latin(table + end)]);
}

export function aStream(dictionary: string, content: Buffer): Buffer {
  const head = latin(`<< /Length ${content.length} ${dictionary} >>\nstream\n`);
  return Buffer.concat([head, content, latin('\nendstream')]);
}

function packedStream(objects: readonly (readonly [number, string])[], type: string): Buffer {
  let heads = '';
  let body = '';
  for (const [number, value] of objects) {
    heads += `${number} ${body.length} `;
    body += `${value}\n`;
  }
  const content = deflateSync(latin(heads + body));
  return aStream(`${type} /N ${objects.length} /First ${heads.length} /Filter /FlateDecode`, content);
}

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
