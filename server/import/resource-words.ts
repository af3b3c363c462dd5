// Words of lists for types, money, power and build modes: what senders write → what the model calls it.
import {
  type BuildMode,
  buildModes,
  type FreeStatus,
  freeStatuses,
  type LibraryType,
  libraryTypes,
  type PowerMode,
  powerModes,
} from '../../engine/index.ts';

/** Blanks and letter case of a word do not count. */
export function wordOf(text: string): string {
  return text
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
}

/** Other names of resource types: English ones, tags of OpenStreetMap, and common local wordings. */
export const typeByWord: ReadonlyMap<string, string> = new Map<string, string>([
  ...libraryTypes.flatMap((type) => [[type.code, type.code] as const, [wordOf(type.en), type.code] as const]),
  ['照明杆', '路灯杆'],
  ['路灯', '路灯杆'],
  ['street_lamp', '路灯杆'],
  ['streetlamp', '路灯杆'],
  ['lamp', '路灯杆'],
  ['信号灯杆', '交通信号杆'],
  ['红绿灯', '交通信号杆'],
  ['traffic_signals', '交通信号杆'],
  ['标识杆', '交通标识杆'],
  ['监控杆', '视频监控杆'],
  ['电力塔', '电线杆'],
  ['电杆', '电线杆'],
  ['多功能杆', '综合杆'],
  ['智慧杆', '综合杆'],
  ['人防报警塔', '人防报警站'],
  ['bus_stop', '公交站台'],
  ['公交站', '公交站台'],
  ['park', '公园广场'],
  ['公园', '公园广场'],
  ['广场', '公园广场'],
  ['government', '政府机关'],
  ['police', '政府机关'],
  ['school', '学校'],
  ['kindergarten', '学校'],
  ['hospital', '医院'],
  ['museum', '文体场馆'],
  ['library', '文体场馆'],
  ['展览馆', '文体场馆'],
  ['高校', '科研院所'],
  ['mall', '商务商业楼'],
  ['hotel', '商务商业楼'],
  ['地下空间', '人防与地下空间'],
  ['服务区', '公路与服务区'],
  ['地面塔', '普通地面塔'],
  ['楼面塔', '普通楼面塔'],
  ['抱杆', '楼面抱杆'],
  ['管道', '通信管道'],
  ['管廊', '综合管廊'],
]);

/** A type that shares most letters with what was found, as the end of a sentence; '' when none does. */
export function typeSuggestion(found: string, types: readonly LibraryType[]): string {
  const letters = new Set(found.slice(0, 50));
  const score = (type: LibraryType): number => [...type.code].filter((letter) => letters.has(letter)).length;
  const best = types.reduce((a, b) => (score(b) > score(a) ? b : a));
  return score(best) > 0 ? ` (${best.code}?)` : '';
}

export const wordsOf = <T extends string>(
  values: readonly T[],
  others: readonly (readonly [string, T])[] = [],
): ReadonlyMap<string, T> =>
  new Map<string, T>([...values.map((value) => [value, value] as const), ...others]);

export const freeStatusByWord = wordsOf<FreeStatus>(freeStatuses, [
  ['是', '必须免费'],
  ['免费', '必须免费'],
  ['yes', '必须免费'],
  ['free', '必须免费'],
  ['否', '商谈'],
  ['收费', '商谈'],
  ['no', '商谈'],
]);
export const powerModeByWord = wordsOf<PowerMode>(powerModes, [
  ['直供电', '直供'],
  ['转供电', '转供'],
  ['无', '待引入'],
]);
export const buildModeByWord = wordsOf<BuildMode>(buildModes, [
  ['利旧', '直接利用'],
  ['共享', '直接利用'],
]);
