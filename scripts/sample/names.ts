// Invented names. The syllables are common ones; the combinations are not meant to be any real place.
import type { Random } from './random.ts';

export const DISTRICT_NAMES = [
  '云汀',
  '霁川',
  '望榆',
  '澄泽',
  '菱浦',
  '芦汀',
  '松溆',
  '桐湾',
  '棠溪',
  '苇川',
] as const;
export const TOWN_NAMES = ['云汀街道', '霁桥街道', '芦溆街道', '望榆镇', '澄湾镇', '菱渚工业区'] as const;
const FIRST = [...'云霁芦望澄菱松柏枫棠桂槐荷兰竹桐榆栖鹭雁鸣晴岚溪汀'];
const SECOND = [...'川泽湾渚溆桥岭浦塘津汇洲苑原林泉台坪陵渡'];

/** Makers of names; each maker never gives the same name twice. */
export function makeNames(random: Random): { road(kind: string): string; place(): string } {
  const given = new Set<string>();
  const fresh = (make: () => string): string => {
    for (let tries = 0; tries < 60; tries += 1) {
      const name = make();
      if (!given.has(name)) {
        given.add(name);
        return name;
      }
    }
    const base = make();
    let number = 2;
    while (given.has(`${base}${number}`)) number += 1;
    given.add(`${base}${number}`);
    return `${base}${number}`;
  };
  const pair = (): string => `${random.pick(FIRST)}${random.pick(SECOND)}`;
  return {
    road: (kind) => fresh(() => `${pair()}${kind}`),
    place: () => fresh(pair),
  };
}
