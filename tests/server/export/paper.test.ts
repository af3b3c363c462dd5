// Letters and tables on paper: read back with an eye of its own, whatever the names and however many rows.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawPaper, type PaperDocument } from '../../../server/export/pdf/draw-paper.ts';
import { readPaperType } from '../../../server/export/pdf/paper-type.ts';
import { widthOfText, wrapText } from '../../../server/export/pdf/wrap-text.ts';
import { readPdfText } from '../../support/read-pdf-text.ts';

const table = (rows: readonly (readonly string[])[]): PaperDocument['table'] => ({
  title: '审查意见表',
  subtitle: '编号：310901-2026-001',
  columns: [
    { header: '序号', share: 1 },
    { header: '站址名称', share: 6 },
    { header: '理由', share: 6 },
  ],
  rows,
  foot: '仅供筛查，以实测为准。',
});
const paperOf = (
  rows: readonly (readonly string[])[],
  letter: PaperDocument['letter'] = null,
): PaperDocument => ({
  title: '函',
  madeAt: '2026-11-21T08:00:00Z',
  letter,
  table: table(rows),
});
const letterOf = (paragraphs: readonly string[], copies = ''): PaperDocument['letter'] => ({
  title: '关于甲区2026年第一批移动通信基站选址审查意见的函',
  number: '编号：310901-2026-001',
  addressee: '甲铁塔：',
  paragraphs,
  annex: '附件：审查意见表',
  office: '甲区科学技术委员会',
  date: '2026年11月21日',
  copies,
});
const withoutBlanks = (text: string): string => text.replace(/\s/g, '');

describe('a table on paper', () => {
  test('500 rows read back cell by cell, under a head on every page that is numbered', async () => {
    const rows = Array.from({ length: 500 }, (_, index) => [
      `${index + 1}`,
      `泖港镇新宾路东侧绿化带${index}号杆（一期）`,
      index % 3 === 0 ? `距居民楼${index}米，居民代表会未通过；须移栽香樟两株` : '',
    ]);
    const pages = readPdfText(await drawPaper(paperOf(rows)));
    expect(pages.length).toBeGreaterThan(10);
    const bodies = pages.map((page, index) => {
      const number = `第${index + 1}页共${pages.length}页`;
      expect(page.endsWith(number)).toBe(true);
      expect(page).toContain('序号站址名称理由');
      return page.slice(page.indexOf('序号站址名称理由') + 8, -number.length);
    });
    expect(bodies.join('')).toBe(withoutBlanks(`${rows.flat().join('')}仅供筛查，以实测为准。`));
  });

  test('a cell longer than a page goes on on the next one', async () => {
    const long = '甲乙丙丁'.repeat(1500);
    const pages = readPdfText(await drawPaper(paperOf([['1', '名称', long]])));
    expect(pages.length).toBeGreaterThan(1);
    expect([...pages.join('')].filter((sign) => sign === '乙').length).toBe(1500);
  });

  test('a sign the font has not is read as itself and drawn as 〓, so that nothing is lost from the file', async () => {
    const [page = ''] = readPdfText(await drawPaper(paperOf([['1', '\u{20BB7}野家', '𠮷']])));
    expect(page).toContain('\u{20BB7}野家');
  });

  test('names of people and places are drawn as they are written: GBK has twelve rare signs the font has not', async () => {
    const decoder = new TextDecoder('gbk');
    const signs = Array.from({ length: 0x7e }, (_, high) =>
      Array.from({ length: 0xbf }, (_, low) => decoder.decode(Uint8Array.of(0x81 + high, 0x40 + low))),
    )
      .flat()
      .filter((sign) => /^[\p{Script=Han}\p{Script=Greek}\p{Nl}]$/u.test(sign));
    expect(signs.length).toBeGreaterThan(20_000);
    for (const weight of ['Regular', 'Bold'] as const) {
      const { shown } = readPaperType(weight);
      expect(signs.filter((sign) => shown(sign) === '〓').join('')).toBe('﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩');
      expect(signs.filter((sign) => shown(sign) !== sign).length).toBe(18);
    }
    const [page = ''] = readPdfText(await drawPaper(paperOf([['1', '泗泾Ⅱ期 劐坶塥', '仰角 α']])));
    expect(page).toContain('泗泾Ⅱ期劐坶塥仰角α');
  });

  test('the same document is the same bytes', async () => {
    const paper = paperOf([['1', '宝塔路', '同意']], letterOf(['一、同意。']));
    expect(Buffer.from(await drawPaper(paper)).equals(await drawPaper(paper))).toBe(true);
  });
});

describe('a letter on paper', () => {
  test('its signature never stands alone on a page, however long the letter is', async () => {
    for (let paragraphs = 1; paragraphs <= 24; paragraphs++) {
      const words = Array.from(
        { length: paragraphs },
        (_, index) => `第${index + 1}条，请按所列理由补正后重新申报。`,
      );
      const pages = readPdfText(await drawPaper(paperOf([], letterOf(words))));
      const signed = pages.findIndex((page) => page.includes('甲区科学技术委员会2026年11月21日'));
      expect([paragraphs, pages[signed]?.includes('附件：审查意见表')]).toEqual([paragraphs, true]);
      const whole = pages.join('');
      for (const word of words) expect(whole).toContain(word);
    }
  });
});

describe('copies of a letter', () => {
  test('stand at the foot of its last page, and on a page of their own when the letter leaves no room', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `第${index + 1}街道办事处综合管理中心`);
    const foot = `抄送：${names.join('，')}。`;
    let alone = 0;
    for (let paragraphs = 1; paragraphs <= 25; paragraphs += 3) {
      const words = Array.from({ length: paragraphs }, (_, index) => `第${index + 1}条，请补正后重新申报。`);
      const pages = readPdfText(await drawPaper(paperOf([], letterOf(words, `${names.join('，')}。`))));
      const table = pages.findIndex((page) => page.includes('序号站址名称理由'));
      const last = pages[table - 1] ?? '';
      expect([paragraphs, last.includes(foot)]).toEqual([paragraphs, true]);
      expect(pages.join('').split('抄送：')).toHaveLength(2);
      if (!last.includes('2026年11月21日')) alone += 1;
    }
    expect(alone).toBeGreaterThan(0);
    expect(alone).toBeLessThan(9);
    const without = readPdfText(await drawPaper(paperOf([], letterOf(['一、同意。']))));
    expect(without.join('')).not.toContain('抄送');
  });
});

describe('lines of Chinese text', () => {
  /** Chinese signs are as wide as high, Latin ones half of that. */
  const widthOf = (sign: string): number => (sign.charCodeAt(0) < 0x80 ? 0.5 : 1);

  test('no line begins with a closing sign or ends with an opening one, and words stay whole', () => {
    expect(wrapText('同意建设，请办理手续。', 4, widthOf)).toEqual(['同意建', '设，请办', '理手续。']);
    expect(wrapText('编号（310901-2026-001）', 6, widthOf)).toEqual(['编号', '（310901-202', '6-001）']);
    expect(wrapText('见 annex list 所列', 5, widthOf)).toEqual(['见 annex', 'list 所列']);
  });

  test('nothing is lost and no line is wider than it may be', () => {
    const sign = fc.constantFrom(...'甲乙丙丁，。（）：；“”ab12-. \n');
    const text = fc.array(sign, { maxLength: 80 }).map((signs) => signs.join(''));
    fc.assert(
      fc.property(text, fc.integer({ min: 3, max: 30 }), (given, width) => {
        const lines = wrapText(given, width, widthOf);
        expect(withoutBlanks(lines.join(''))).toBe(withoutBlanks(given));
        for (const line of lines) expect(widthOfText(line, widthOf)).toBeLessThanOrEqual(width);
      }),
      { seed: 46, numRuns: 500 },
    );
  });
});
