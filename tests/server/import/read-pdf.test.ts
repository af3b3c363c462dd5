// Which PDFs are put on file: whole ones that show pages and do nothing else, whatever hides what they do. Made here byte by byte, each
// beside its harmless brother.
import fc from 'fast-check';
import { zipSync } from 'fflate';
import PdfDocument from 'pdfkit';
import { describe, expect, test } from 'vitest';
import { type PdfOutcome, readPdf } from '../../../server/import/pdf/read-pdf.ts';
import { readPdfInChild } from '../../../server/import/read-pdf-in-child.ts';
import { aPdf, aStream } from '../../support/a-pdf.ts';

const said = (outcome: PdfOutcome): string => {
  if (outcome.kind === 'pdf') return `${outcome.pages} pages`;
  if (outcome.kind === 'active') return outcome.part;
  return 'where' in outcome ? `${outcome.kind}: ${outcome.where}` : outcome.kind;
};
const read = (file: Buffer): string => said(readPdf(file));
const script = '<< /S /JavaScript /JS (app.alert\\(1\\)) >>';

describe('a PDF', () => {
  test('has the pages its tree names, in an object stream as well, and as another program writes it', async () => {
    expect(read(aPdf())).toBe('1 pages');
    expect(read(aPdf({ pages: 12 }))).toBe('12 pages');
    const inner = aPdf({
      catalogue: '/Pages 20 0 R',
      packed: [
        [20, '<< /Type /Pages /Count 2 /Kids [21 0 R 22 0 R] >>'],
        [21, '<< /Type /Page /Parent 20 0 R >>'],
        [22, '<< /Type /Pages /Parent 20 0 R /Count 1 /Kids [23 0 R] >>'],
        [23, '<< /Type /Page /Parent 22 0 R >>'],
      ],
    });
    expect(read(inner)).toBe('2 pages');
    const document = new PdfDocument({ info: { Title: '协议' } });
    const chunks: Buffer[] = [];
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    const ended = new Promise((resolve) => document.on('end', resolve));
    document.text('one').addPage().text('two').link(0, 0, 10, 10, 'https://example.org').end();
    await ended;
    expect(read(Buffer.concat(chunks))).toBe('2 pages');
  });

  test('may have links, bookmarks, plain forms and names that only look alike', () => {
    const objects = [
      [30, '<< /Type /Annot /Subtype /Link /A << /S /URI /URI (https://example.org/JavaScript) >> >>'],
      [31, '<< /Font << /JS 3 0 R /EF 3 0 R /Screen 3 0 R >> /JavaScripts 1 /Launcher 2 /BM /Screen >>'],
      [32, '<< /Title (Launch /EmbeddedFile) /Dest [4 0 R /Fit] % /JavaScript in a remark\n>>'],
    ] as const;
    const catalogue = '/OpenAction [4 0 R /Fit] /AcroForm << /Fields [] >> /Outlines 32 0 R';
    const remarkless = objects.map(([number, value]) => [number, value.replace(/%.*\n/, '')] as const);
    expect(read(aPdf({ catalogue, objects: remarkless }))).toBe('javascript');
    const quiet = remarkless.map(
      ([number, value]) =>
        [number, value.replace('/JavaScript)', ')').replace('/EmbeddedFile)', ')')] as const,
    );
    expect(read(aPdf({ catalogue, objects: quiet }))).toBe('1 pages');
  });
});

describe('what a PDF does', () => {
  test.each([
    ['javascript', { catalogue: `/OpenAction ${script}` }],
    ['javascript', { catalogue: '/OpenAction << /S /Java#53cript /JS 30 0 R >>' }],
    ['javascript', { catalogue: '/OpenAction << /S 31 0 R /JS (1) >>' }],
    ['javascript', { objects: [[31, '/JavaScript']] }],
    ['launch', { catalogue: '/OpenAction << /S /Launch /F (calc.exe) >>' }],
    ['files', { catalogue: '/Names << /EmbeddedFiles << /Names [(a) 30 0 R] >> >>' }],
    ['files', { objects: [[30, '<< /F (a.exe) /EF << /F 31 0 R >> >>']] }],
    ['files', { objects: [[30, '<< /Type /Annot /Subtype /FileAttachment >>']] }],
    ['xfa', { catalogue: '/AcroForm << /XFA [(template) 30 0 R] >>' }],
    ['media', { objects: [[30, '<< /Type /Annot /Subtype /RichMedia >>']] }],
    ['media', { objects: [[30, '<< /Type /Annot /Subtype /3D >>']] }],
    ['media', { objects: [[30, '<< /S /Rendition /OP 0 >>']] }],
    [
      'media',
      {
        objects: [
          [30, '<< /Subtype 31 0 R >>'],
          [31, '/Movie'],
        ],
      },
    ],
  ] as const)('is found: %s', (part, plan) => {
    expect(read(aPdf(plan))).toBe(part);
  });

  test('is found in an object stream, with or without its type, packed or plain', () => {
    const packed = [
      [31, '<< /Fine true >>'],
      [30, script],
    ] as const;
    expect(read(aPdf({ packed }))).toBe('javascript');
    expect(read(aPdf({ packed, packedType: '' }))).toBe('javascript');
    expect(read(aPdf({ packed, packedType: '/Type /Obj#53tm' }))).toBe('javascript');
    expect(read(aPdf({ packed: [[30, '<< /XFA [] >>']] }))).toBe('xfa');
    expect(read(aPdf({ packed: [[31, '<< /Fine true >>']] }))).toBe('1 pages');
    // another filter could hide anything
    const plain = aPdf({ packed }).toString('latin1');
    const hidden = plain.replace('/Filter /FlateDecode', '/Filter /ASCII85Decode');
    expect(read(Buffer.from(hidden, 'latin1'))).toBe('broken: object stream, filter');
  });

  test('is found in a version that a later one took away, and where only a table of offsets leads', () => {
    const twice = [
      [30, script],
      [30, '<< /Fine true >>'],
    ] as const;
    expect(read(aPdf({ objects: twice }))).toBe('javascript');
    const within = (inner: string) =>
      aPdf({ objects: [[30, aStream('', Buffer.from(inner, 'latin1')).toString('latin1')]] });
    expect(read(within(`31 0 obj ${script} endobj`))).toBe('broken: hidden object');
    expect(read(within('/JavaScript'))).toBe('javascript');
    expect(read(within('Subject objects, 31 objectives'))).toBe('1 pages');
  });

  test('is found where nobody reads an object but whoever is led there: in a stream, a text, a remark', () => {
    const hidden = (value: string) => read(aPdf({ objects: [[30, value]] }));
    const within = (inner: string) => aStream('', Buffer.from(inner)).toString('latin1');
    const blanks = ' '.repeat(600);
    for (const head of [
      '31 0 obj',
      'A31 0 obj',
      '31 0.0 obj',
      '31 -0obj',
      `31${blanks}0 obj`,
      `31 0${blanks}obj`,
    ]) {
      for (const value of [
        within(`${head} <</XFA []>>`),
        `(${head} <</XFA []>>)`,
        `null % ${head} <</XFA []>>`,
      ])
        expect([value, hidden(value)]).toEqual([value, 'broken: hidden object']);
    }
    for (const head of ['31 0%\nobj', '31 % of\n0 obj', `31 0 %${'a'.repeat(600)}\nobj`, '31 0 %a\n%b\nobj'])
      expect([head, hidden(within(`${head} <</XFA []>>`))]).toEqual([head, 'broken: hidden object']);
  });
});

describe('what is no PDF to keep', () => {
  test('encrypted, even when it needs no password to be opened', () => {
    expect(read(aPdf({ trailer: '/Encrypt << /Filter /Standard /V 4 /EncryptMetadata true >>' }))).toBe(
      'encrypted',
    );
    expect(read(aPdf({ objects: [[30, '<< /EncryptMetadata true >>']] }))).toBe('1 pages');
  });

  test('cut off: no part of it passes for the whole', () => {
    const whole = aPdf({ pages: 3, packed: [[31, '<< /Fine true >>']] });
    for (let length = 8; length < whole.length - 6; length++)
      expect([length, readPdf(whole.subarray(0, length)).kind]).toEqual([length, 'cut-off']);
  });

  test('another file under its name, or behind it', () => {
    expect(read(Buffer.from('<html><script>alert(1)</script></html>'))).toBe('broken: %PDF');
    expect(read(Buffer.concat([Buffer.from('MZ'), aPdf()]))).toBe('broken: %PDF');
    expect(read(Buffer.concat([aPdf(), Buffer.from('<script>')]))).toBe('broken: %%EOF');
    const zip = Buffer.from(zipSync({ 'a.js': new Uint8Array([1]) }));
    expect(readPdf(Buffer.concat([aPdf(), zip])).kind).toBe('broken');
    const inComment = Buffer.concat([aPdf(), Buffer.from('\n%'), zip, Buffer.from('\n%%EOF')]);
    expect(read(inComment)).toBe('broken: ZIP');
  });

  test('without pages, or with a tree that comes back to itself', () => {
    expect(read(aPdf({ pages: 0 }))).toBe('broken: pages');
    expect(read(aPdf({ objects: [[2, '<< /Type /Pages /Kids [2 0 R] >>']] }))).toBe('broken: pages');
    expect(read(aPdf({ objects: [[1, 'null']] }))).toBe('broken: catalogue');
    expect(read(aPdf({ objects: [[30, '['.repeat(200)]] }))).toBe('broken: nesting');
  });
});

test('whatever is changed in it, the answer is a verdict', () => {
  const whole = aPdf({
    pages: 2,
    catalogue: '/Names << /A [(b) <63>] >>',
    packed: [[31, '[1 -2.5 (c\\)) null]']],
  });
  const change = fc.record({ at: fc.nat(whole.length - 1), byte: fc.nat(255) });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
      const spoiled = Buffer.from(whole);
      for (const { at, byte } of changes) spoiled[at] = byte;
      expect(['pdf', 'cut-off', 'broken', 'encrypted', 'active']).toContain(readPdf(spoiled).kind);
    }),
    { seed: 54, numRuns: 1500 },
  );
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 50, maxLength: 500 }), (noise) => {
      const parts = [Buffer.from('%PDF-1.7\n'), noise, Buffer.from('\nstartxref\n9\n%%EOF')];
      expect(['cut-off', 'broken', 'encrypted', 'active']).toContain(readPdf(Buffer.concat(parts)).kind);
    }),
    { seed: 54, numRuns: 300 },
  );
});

test('a packed bomb is not unpacked to its end', () => {
  expect(read(aPdf({ packed: [[31, ' '.repeat(70 * 1024 * 1024)]] }))).toBe('broken: object stream');
});

test('the reader process says the same; a file that asks for more than it has is refused', async () => {
  const limits = { seconds: 20, memoryMb: 128 };
  await expect(readPdfInChild(aPdf({ pages: 3 }), limits)).resolves.toEqual({ pages: 3 });
  const wide = aPdf({ objects: [[31, `[${'<</A[]>>'.repeat(1_800_000)}]`]] });
  await expect(readPdfInChild(wide, limits)).rejects.toMatchObject({
    code: 'ATTACHMENT_BROKEN',
    values: { where: 'size' },
  });
});
