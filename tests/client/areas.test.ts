// The table of target areas: its address says what is shown and anything else is nothing; what waits comes first.
import { describe, expect, test } from 'vitest';
import {
  type AreasView,
  areaPath,
  areasOf,
  changedAreas,
  readAreasView,
  writeAreasView,
} from '../../client/screens/areas/areas-query.ts';
import type { AreaJson } from '../../server/contract/areas.ts';

const read = (text: string): AreasView => readAreasView(new URLSearchParams(text));

const anArea = (id: string, changes: Partial<AreaJson> = {}): AreaJson => ({
  id,
  name: `范围 ${id}`,
  kind: '高密区',
  geometry: { type: 'MultiPolygon', coordinates: [] },
  areaKm2: 1,
  coverageRule: null,
  targetShare: null,
  deadline: null,
  sourceFile: null,
  createdAt: '2026-11-22T00:00:00.000Z',
  state: '草稿',
  stateSince: '2026-11-22T00:00:00.000Z',
  stateBy: '',
  stateNote: '',
  submittedName: '',
  submittedAt: null,
  mine: false,
  approval: null,
  choices: [],
  mayChange: false,
  version: 1,
  ...changes,
});

describe('the address of the table of areas', () => {
  test('comes back as it was written', () => {
    const text = 'q=%E5%AD%A6&state=%E9%80%80%E5%9B%9E&kind=%E5%AD%A6%E6%A0%A1&show=mine&page=3&area=a1';
    expect(writeAreasView(read(text)).toString()).toBe(text);
    expect(areaPath('甲/1')).toBe('/areas?area=%E7%94%B2%2F1');
  });

  test('takes no words it does not know', () => {
    expect(read('state=done&show=all&page=-1&rows=7')).toEqual(read(''));
  });

  test('a filter begins at the first page, an opened area keeps it', () => {
    const view = read('page=3');
    expect(changedAreas(view, { state: '退回' }).page).toBe(1);
    expect(changedAreas(view, { area: 'a1' }).page).toBe(3);
  });
});

describe('the rows of the table of areas', () => {
  const decide = (missing: AreaJson['choices'][number]['missing']) =>
    [{ to: '已批准', reasonNeeded: false, missing }] satisfies AreaJson['choices'];
  const areas = [
    anArea('draft'),
    anArea('later', { stateSince: '2026-11-23T00:00:00.000Z' }),
    anArea('returned', { state: '退回' }),
    anArea('sent', { state: '已送审', choices: decide([]) }),
    anArea('own', { state: '已送审', mine: true, choices: decide(['own']) }),
    anArea('lake', { kind: '水域' }),
    anArea('school', { kind: '学校', state: '已批准', approval: null }),
  ];
  const ids = (text: string) => areasOf(areas, read(text)).map(({ id }) => id);

  test('what is submitted comes first, then what is returned, then the newest; water stands apart', () => {
    expect(ids('')).toEqual(['own', 'sent', 'returned', 'later', 'draft', 'school']);
    expect(ids('show=water')).toEqual(['lake']);
  });

  test('for me to decide is what I did not submit or change', () => {
    expect(ids('show=decidable')).toEqual(['sent']);
    expect(ids('show=mine')).toEqual(['own']);
  });

  test('text, state and kind narrow it', () => {
    expect(ids(`q=${encodeURIComponent('范围 SCH')}`)).toEqual(['school']);
    expect(ids(`kind=${encodeURIComponent('学校')}&state=${encodeURIComponent('已批准')}`)).toEqual([
      'school',
    ]);
    expect(ids(`kind=${encodeURIComponent('学校')}&state=${encodeURIComponent('草稿')}`)).toEqual([]);
  });
});
