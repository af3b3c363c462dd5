// Lists of resources as districts send them: at the least an address and an owner, at the most every field of the library.
import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { makeWorkbook } from '../../../server/export/make-workbook.ts';
import { parseImport } from '../../../server/import/parse-import.ts';
import { parseFixture, parseText, shortIssues } from './read-fixture.ts';

type Parsed = ReturnType<typeof parseFixture>;
const resourcesOf = ({ records }: Parsed) => {
  if (records.kind !== 'resources') throw new Error('not resources');
  return records.rows.map(({ value }) => value);
};

test('an address and an owner are enough: such rows wait for their place', () => {
  const parsed = parseFixture('good/resources-address-and-owner.csv', 'resources');
  expect(shortIssues(parsed)).toEqual([
    'warning IMPORT_PLACE_REPEATED 3',
    'warning IMPORT_RESOURCE_UNPLACED file',
  ]);
  const [first, second, third] = resourcesOf(parsed);
  expect(first).toMatchObject({
    address: '云汀路 1 号',
    owner: '市政管理所',
    place: null,
    resourceType: null,
  });
  expect(third!.code).toBe(`${second!.code}#2`);
  expect(parsed.columns[0]).toEqual({ header: '序号', field: null });
});

test('every field of the library has a column', () => {
  const parsed = parseFixture('good/resources-every-column.csv', 'resources');
  expect(shortIssues(parsed)).toEqual([]);
  expect(parsed.columns.filter(({ field }) => field === null)).toEqual([{ header: '备注', field: null }]);
  expect(resourcesOf(parsed)).toEqual([
    {
      code: 'LD-001',
      name: '云汀路灯 1',
      address: '云汀路 1 号',
      resourceType: '路灯杆',
      place: { position: [121.03, 31.05], original: [121.03, 31.05], datum: 'CGCS2000', quality: '实测' },
      districtCode: '甲区',
      townCode: '310901001',
      committees: ['一居', '二居'],
      owner: '甲单位',
      ownerType: '国有',
      freeStatus: '必须免费',
      feeCnyPerYear: 0,
      feeBasis: '免费开放',
      totalHeightM: 10,
      mountHeightsM: [6, 8.5],
      loadKg: 120,
      slots: 2,
      powerMode: '直供',
      powerDistanceM: 50,
      powerKva: 5,
      powerPriceCnyPerKwh: 0.8,
      fibre: '就近',
      ductDistanceM: 120,
      roomRef: null,
      structureCheck: '可用',
      appearanceRequirement: '外罩同色',
      existingSystems: ['4G', '5G 2.6G'],
      constraintFlags: ['净空', '拟并杆'],
      surveyDate: '2026-03-01',
      surveyor: '王工',
      validFrom: '2026-03-01',
      validTo: '2027-02-28',
      costCny: 35_000,
      buildMode: '直接利用',
      contacts: [{ name: '李四', phone: '13800000000', duty: '', note: '' }],
      sourceFile: 'resources-every-column.csv',
      sourceRow: 1,
    },
  ]);
});

test('every wrong cell is an issue at its row, and the other rows are kept', () => {
  const parsed = parseFixture('bad/resources-wrong-cells.csv', 'resources');
  expect(shortIssues(parsed).sort()).toEqual(
    [
      'error IMPORT_TYPE_UNKNOWN 1',
      'error IMPORT_POSITION_MISSING 2',
      'error IMPORT_NUMBER 3',
      'error IMPORT_NUMBER 4',
      'error IMPORT_DATE 5',
      'error IMPORT_DATE_ORDER 6',
      'warning IMPORT_VALUE_UNKNOWN 7',
      'warning IMPORT_VALUE_UNKNOWN 7',
      'error IMPORT_ADDRESS_MISSING 8',
      'error IMPORT_CODE_REPEATED 9',
      'warning IMPORT_RESOURCE_UNPLACED file',
    ].sort(),
  );
  expect([parsed.rowCount, parsed.records.rows.length, parsed.rejected]).toEqual([9, 1, 8]);
});

test('a list with positions added later names its rows as before', () => {
  const bare = resourcesOf(parseText('地址,产权单位\n云汀路 1 号,甲单位\n', 'resources'));
  const placed = resourcesOf(
    parseText('地址,产权单位,经度,纬度\n云汀路 1 号,甲单位,121.03,31.05\n', 'resources'),
  );
  expect(placed[0]!.code).toBe(bare[0]!.code);
  expect(placed[0]!.place?.position).toEqual([121.03, 31.05]);
});

test('types without an antenna belong to the library, but not among the sites', () => {
  const text = '编码,类型,经度,纬度,挂高\nG-1,通信管道,121.03,31.05,3\n';
  expect(shortIssues(parseText(text, 'resources'))).toEqual([]);
  expect(shortIssues(parseText(text, 'sites'))).toEqual(['error IMPORT_TYPE_UNKNOWN 1']);
});

const sheet = (name: string, rows: readonly (readonly (string | number | null)[])[]) => ({
  name,
  columns: rows[0]!.map((header) => ({ header: String(header), width: 10 })),
  rows: rows.slice(1),
});
const parseWorkbook = (bytes: Uint8Array) =>
  parseImport(bytes, { kind: 'resources', fileName: '目录.xlsx', datum: 'CGCS2000' });

test('a workbook reads like the same list as CSV', async () => {
  const bytes = await makeWorkbook([
    sheet('说明', [['本表由区里填写'], ['请勿改动']]),
    sheet('目录', [
      ['资源编码', '地址', '产权单位', '经度', '纬度', '杆高(米)'],
      ['LD & <1>', '云汀路 1 号', '甲单位', 121.03, 31.05, 0.1 + 0.2 + 9],
      ['LD-2', '云汀路 2 号', '甲单位', null, null, null],
    ]),
  ]);
  const parsed = parseWorkbook(bytes);
  expect([parsed.format, shortIssues(parsed)]).toEqual(['xlsx', ['warning IMPORT_RESOURCE_UNPLACED file']]);
  expect(resourcesOf(parsed)).toMatchObject([
    { code: 'LD & <1>', place: { position: [121.03, 31.05] }, totalHeightM: 9.3, sourceRow: 1 },
    { code: 'LD-2', place: null, totalHeightM: null, sourceRow: 2 },
  ]);
});

const part = (text: string) => new TextEncoder().encode(text);
const handMade = (sheetXml: string, more: Readonly<Record<string, Uint8Array>> = {}) =>
  zipSync({
    'xl/workbook.xml': part(
      '<workbook><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
    ),
    'xl/_rels/workbook.xml.rels': part(
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
    ),
    'xl/worksheets/sheet1.xml': part(sheetXml),
    ...more,
  });

test('titles, merged owners, dates, shared strings and prefixes of other programs are understood', () => {
  const xml = `<x:worksheet><x:sheetData>
    <x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>资源开放目录</x:t></x:is></x:c></x:row>
    <x:row r="3"><x:c r="A3" t="s"><x:v>0</x:v></x:c><x:c r="B3" t="s"><x:v>1</x:v></x:c><x:c r="C3" t="s"><x:v>2</x:v></x:c></x:row>
    <x:row r="4"><x:c r="A4" t="s"><x:v>3</x:v></x:c><x:c r="B4" t="str"><x:v>路 1 号</x:v></x:c><x:c r="C4" s="1"><x:v>46082</x:v></x:c></x:row>
    <x:row r="5"><x:c r="B5" t="str"><x:f>"路 "&amp;2</x:f><x:v>路 2 号</x:v></x:c></x:row>
    </x:sheetData><x:mergeCells><x:mergeCell ref="A1:C1"/><x:mergeCell ref="A4:A5"/></x:mergeCells></x:worksheet>`;
  const strings =
    '<sst><si><t>产权单位</t></si><si><r><t>地</t></r><r><t>址</t></r><rPh><t>dizhi</t></rPh></si><si><t>勘察日期</t></si><si><t>甲&amp;乙单位</t></si></sst>';
  const styles = '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>';
  const parsed = parseWorkbook(
    handMade(xml, { 'xl/sharedStrings.xml': part(strings), 'xl/styles.xml': part(styles) }),
  );
  expect(resourcesOf(parsed)).toMatchObject([
    // 46 082 days after 30 December 1899
    { owner: '甲&乙单位', address: '路 1 号', surveyDate: '2026-03-01', sourceRow: 1 },
    { owner: '甲&乙单位', address: '路 2 号', surveyDate: null, sourceRow: 2 },
  ]);
});

test('a workbook that is none is refused with a reason', () => {
  const good = handMade('<worksheet><sheetData/></worksheet>');
  expect(shortIssues(parseWorkbook(good.subarray(0, good.length - 30)))).toEqual([
    'error IMPORT_WORKBOOK file',
  ]);
  expect(shortIssues(parseWorkbook(good))).toContain('error IMPORT_NO_ROWS file');
  const empty = zipSync({ 'xl/workbook.xml': part('<workbook/>') });
  expect(shortIssues(parseWorkbook(empty))).toEqual(['error IMPORT_WORKBOOK file']);
  const archive = zipSync({ 'a.txt': part('a') });
  expect(shortIssues(parseWorkbook(archive))).toEqual(['error IMPORT_FORMAT_UNKNOWN file']);
});
