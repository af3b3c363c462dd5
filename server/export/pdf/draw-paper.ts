// A letter and the table behind it as PDF: the letter upright with the measures of GB/T 9704 (margins, 2号 title, 三号 body, two characters
// of indent, copies at the foot), the table across with its head on every page, and a number on each. Lines are broken here, so 500 rows take a second.
import PDFDocument from 'pdfkit';
import { type PaperType, readPaperType } from './paper-type.ts';
import { widthOfText, wrapText } from './wrap-text.ts';

export interface PaperTable {
  readonly title: string;
  readonly subtitle: string;
  readonly columns: readonly { readonly header: string; readonly share: number }[];
  readonly rows: readonly (readonly string[])[];
  /** Under the last row. */
  readonly foot: string;
}

export interface PaperDocument {
  readonly title: string;
  /** ISO time: the same document is the same bytes. */
  readonly madeAt: string;
  readonly letter: {
    readonly title: string;
    readonly number: string;
    readonly addressee: string;
    readonly paragraphs: readonly string[];
    readonly annex: string;
    readonly office: string;
    readonly date: string;
    /** Who gets a copy (抄送), at the foot of its last page; empty: nobody. */
    readonly copies: string;
  } | null;
  readonly table: PaperTable;
}

/** Points to a millimetre. */
const MM = 72 / 25.4;

/** Free above the signs of a line, of their size: the middle of a line is the middle of its signs. */
const LEAD = 0.28;

export async function drawPaper(paper: PaperDocument): Promise<Uint8Array> {
  const plain = readPaperType('Regular');
  const bold = readPaperType('Bold');
  const doc = new PDFDocument({
    autoFirstPage: false,
    bufferPages: true,
    lang: 'zh-CN',
    displayTitle: true,
    info: {
      Title: paper.title,
      Producer: 'zhanzhi',
      Creator: 'zhanzhi',
      CreationDate: new Date(paper.madeAt),
    },
  });
  const whole = collect(doc);
  doc.registerFont('plain', plain.file);
  doc.registerFont('bold', bold.file);
  const pen: Pen = { doc, plain, bold };
  if (paper.letter) drawLetter(pen, paper.letter);
  drawTable(pen, paper.table);
  numberPages(pen);
  doc.end();
  return whole;
}

type Face = 'plain' | 'bold';

interface Pen {
  readonly doc: PDFKit.PDFDocument;
  readonly plain: PaperType;
  readonly bold: PaperType;
}

function collect(doc: PDFKit.PDFDocument): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    doc.on('error', reject);
  });
}

interface Line {
  readonly text: string;
  readonly face: Face;
  readonly sizePt: number;
  readonly x: number;
  /** Top of the line, from the top of the page. */
  readonly y: number;
}

/** As it is: nothing is wrapped, no page is added. What the font has not is drawn as 〓 and still read and copied as itself. */
function write(pen: Pen, { text, face, sizePt, x, y }: Line): void {
  if (text === '') return;
  const { doc } = pen;
  const shown = pen[face].shown(text);
  if (shown !== text) doc.markContent('Span', { actual: text });
  doc
    .font(face)
    .fontSize(sizePt)
    .text(shown, x, y + LEAD * sizePt, { lineBreak: false });
  if (shown !== text) doc.endMarkedContent();
}

const widthPt = (pen: Pen, face: Face, sizePt: number, text: string): number =>
  widthOfText(text, pen[face].widthOf) * sizePt;
const wrap = (pen: Pen, face: Face, sizePt: number, text: string, room: number): string[] =>
  wrapText(text, room / sizePt, pen[face].widthOf);

// The letter -------------------------------------------------------------------------------------------------------

/** GB/T 9704: 37 mm above, 28 mm left, 156 mm of text. */
const upright = {
  size: 'A4',
  top: 37 * MM,
  left: 28 * MM,
  width: 156 * MM,
  bottom: (297 - 35) * MM,
} as const;
const TITLE_PT = 22;
const BODY_PT = 16;
/** 4号, with a blank of one character on either side. */
const COPIES_PT = 14;
const COPIES_LINE_PT = 22;
/** 版记: thick lines above and below. */
const COPIES_RULE_PT = 0.35 * MM;
const COPIES_LABEL = '抄送：';
/** 28 points of a line; a little less where that brings the signature onto the page of its letter. */
const lineSteps = [28, 26, 24] as const;

interface LetterLine {
  readonly text: string;
  readonly x: number;
  readonly face: Face;
  readonly sizePt: number;
  /** Down to the next line: steps of the body, or points for the head. */
  readonly steps: number;
  readonly extraPt: number;
}

function drawLetter(pen: Pen, letter: NonNullable<PaperDocument['letter']>): void {
  const { top, bottom } = upright;
  const { words, ending } = letterLines(pen, letter);
  const copies = copyLines(pen, letter.copies);
  const footPt = copies.length === 0 ? 0 : copies.length * COPIES_LINE_PT + BODY_PT;
  const heightPt = (lines: readonly LetterLine[], stepPt: number): number =>
    lines.reduce((sum, { steps, extraPt }) => sum + steps * stepPt + extraPt, 0);
  const stepPt =
    lineSteps.find((step) => heightPt([...words, ...ending], step) + footPt <= bottom - top) ?? lineSteps[0];
  let y = bottom;
  const draw = (lines: readonly LetterLine[], keptPt: (line: LetterLine) => number): void => {
    for (const line of lines) {
      if (y + keptPt(line) > bottom) {
        pen.doc.addPage({ size: upright.size, margin: 0 });
        y = top;
      }
      write(pen, { ...line, y });
      y += heightPt([line], stepPt);
    }
  };
  pen.doc.addPage({ size: upright.size, margin: 0 });
  y = top;
  draw(words, (line) => heightPt([line], stepPt));
  // a signature never stands alone
  const [first] = ending;
  draw(ending, (line) => heightPt(line === first ? ending : [line], stepPt));
  if (copies.length === 0) return;
  // on a page of its own where the letter leaves no room for it
  if (y + footPt > bottom) pen.doc.addPage({ size: upright.size, margin: 0 });
  drawCopies(pen, copies);
}

/** Lines behind the label. */
function copyLines(pen: Pen, copies: string): string[] {
  if (copies === '') return [];
  const room = upright.width - 2 * COPIES_PT - widthPt(pen, 'plain', COPIES_PT, COPIES_LABEL);
  return wrap(pen, 'plain', COPIES_PT, copies, room);
}

/** GB/T 9704, 7.4: at the foot of the text area, further lines begin under the first name. */
function drawCopies(pen: Pen, lines: readonly string[]): void {
  const { left, width, bottom } = upright;
  const top = bottom - lines.length * COPIES_LINE_PT;
  const x = left + COPIES_PT;
  const indent = widthPt(pen, 'plain', COPIES_PT, COPIES_LABEL);
  pen.doc.lineWidth(COPIES_RULE_PT).strokeColor('#000000');
  for (const y of [top, bottom])
    pen.doc
      .moveTo(left, y)
      .lineTo(left + width, y)
      .stroke();
  const line = { face: 'plain', sizePt: COPIES_PT } as const;
  const lead = (COPIES_LINE_PT - COPIES_PT * (1 + 2 * LEAD)) / 2;
  write(pen, { ...line, text: COPIES_LABEL, x, y: top + lead });
  lines.forEach((text, index) => {
    write(pen, { ...line, text, x: x + indent, y: top + lead + index * COPIES_LINE_PT });
  });
}

/** The words, and the end that stays together: the last paragraph, annex, office, date. */
function letterLines(
  pen: Pen,
  letter: NonNullable<PaperDocument['letter']>,
): { readonly words: LetterLine[]; readonly ending: LetterLine[] } {
  const { left, width } = upright;
  const body = (text: string, x = left, extraSteps = 0): LetterLine => ({
    text,
    x,
    face: 'plain',
    sizePt: BODY_PT,
    steps: 1 + extraSteps,
    extraPt: 0,
  });
  const centred = (text: string, face: Face, sizePt: number, extraPt: number): LetterLine[] =>
    wrap(pen, face, sizePt, text, width).map((part) => ({
      text: part,
      x: left + (width - widthPt(pen, face, sizePt, part)) / 2,
      face,
      sizePt,
      steps: 0,
      extraPt,
    }));
  // a full-width blank is as wide as a character of the body
  const paragraph = (text: string): LetterLine[] =>
    wrap(pen, 'plain', BODY_PT, `　　${text}`, width).map((part) => body(part));
  const addressed = wrap(pen, 'plain', BODY_PT, letter.addressee, width).map((part) => body(part));
  const annex = paragraph(letter.annex);
  // two characters from the right, the shorter of the two in the middle of the longer
  const signatures = [letter.office, letter.date].map((text) => ({
    text,
    wide: widthPt(pen, 'plain', BODY_PT, text),
  }));
  const widest = Math.max(...signatures.map(({ wide }) => wide));
  const signed = signatures.map(({ text, wide }) =>
    body(text, left + width - 2 * BODY_PT - (widest + wide) / 2),
  );
  return {
    words: [
      ...centred(letter.title, 'bold', TITLE_PT, 34),
      ...centred(letter.number, 'plain', 14, 38),
      ...addressed,
      ...letter.paragraphs.slice(0, -1).flatMap(paragraph),
    ],
    ending: [
      ...letter.paragraphs.slice(-1).flatMap(paragraph),
      body('', left, -0.5),
      ...annex,
      body(''),
      ...signed,
    ],
  };
}

// The table --------------------------------------------------------------------------------------------------------

const across = { top: 16 * MM, left: 14 * MM, width: (297 - 28) * MM, bottom: (210 - 18) * MM } as const;
const CELL_PT = 8;
const CELL_LINE_PT = 11;
const CELL_ROOM_PT = 3;

function drawTable(pen: Pen, table: PaperTable): void {
  const { left, width, top, bottom } = across;
  const whole = table.columns.reduce((sum, { share }) => sum + share, 0);
  const widths = table.columns.map(({ share }) => (share / whole) * width);
  const head = table.columns.map(({ header }) => header);
  const cells = (row: readonly string[], face: Face): string[][] =>
    row.map((text, index) => wrap(pen, face, CELL_PT, text, (widths[index] ?? 0) - 2 * CELL_ROOM_PT));
  const heightOf = (lines: readonly string[][]): number =>
    Math.max(1, ...lines.map(({ length }) => length)) * CELL_LINE_PT + 2 * CELL_ROOM_PT;
  let y = top;
  const drawRow = (lines: readonly string[][], face: Face): void => {
    const height = heightOf(lines);
    let x = left;
    pen.doc.lineWidth(0.5).strokeColor('#444444');
    if (face === 'bold') pen.doc.rect(left, y, width, height).fill('#eeeeee');
    pen.doc.fillColor('#000000');
    lines.forEach((texts, index) => {
      const cell = widths[index] ?? 0;
      pen.doc.rect(x, y, cell, height).stroke();
      texts.forEach((text, place) => {
        write(pen, {
          text,
          face,
          sizePt: CELL_PT,
          x: x + CELL_ROOM_PT,
          y: y + CELL_ROOM_PT + place * CELL_LINE_PT,
        });
      });
      x += cell;
    });
    y += height;
  };
  const headLines = cells(head, 'bold');
  const newPage = (): void => {
    pen.doc.addPage({ size: 'A4', layout: 'landscape', margin: 0 });
    y = top;
  };
  newPage();
  for (const part of wrap(pen, 'bold', 15, table.title, width)) {
    write(pen, {
      text: part,
      face: 'bold',
      sizePt: 15,
      x: left + (width - widthPt(pen, 'bold', 15, part)) / 2,
      y,
    });
    y += 24;
  }
  y += 4;
  write(pen, { text: table.subtitle, face: 'plain', sizePt: 9, x: left, y });
  y += 16;
  drawRow(headLines, 'bold');
  const roomPt = bottom - top - heightOf(headLines);
  for (const row of table.rows) {
    let lines = cells(row, 'plain');
    // a row longer than a page goes on on the next one
    while (lines.some(({ length }) => length > 0)) {
      const most = Math.floor((roomPt - 2 * CELL_ROOM_PT) / CELL_LINE_PT);
      const part = lines.map((texts) => texts.slice(0, most));
      if (y + heightOf(part) > bottom) {
        newPage();
        drawRow(headLines, 'bold');
      }
      drawRow(part, 'plain');
      lines = lines.map((texts) => texts.slice(most));
    }
  }
  if (y + 16 > bottom) newPage();
  write(pen, { text: table.foot, face: 'plain', sizePt: 8, x: left, y: y + 5 });
}

function numberPages(pen: Pen): void {
  const { start, count } = pen.doc.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    pen.doc.switchToPage(page);
    const { width, height } = pen.doc.page;
    const text = `第 ${page + 1} 页　共 ${count} 页`;
    write(pen, {
      text,
      face: 'plain',
      sizePt: 9,
      x: (width - widthPt(pen, 'plain', 9, text)) / 2,
      y: height - 13 * MM,
    });
  }
}
