// Orders of preference as the field writes them (domain reference, 7.4), and the class of a site in each.
import { expect, test } from 'vitest';
import {
  areaOrder,
  resourceClassOf,
  resourceOrder,
  roofClassOf,
  roofOrder,
} from '../../../engine/model/priority-orders.ts';
import { resourceTypes } from '../../../engine/model/resource-types.ts';

const words = (order: typeof resourceOrder) => order.classes.map(({ word }) => word).join(' > ');

test('the orders are those of the policies', () => {
  expect(words(resourceOrder)).toBe('直接利用 > 改造 > 替换 > 新建');
  expect(words(areaOrder)).toBe('园区 > 工矿区 > 城市');
  expect(words(roofOrder)).toBe(
    '政府办公 > 事业单位 > 市政公用 > 公共服务 > 商业办公 > 工业仓储 > 住宅 > 独立塔',
  );
});

test('a site has the class of its build mode and of its roof', () => {
  expect(resourceClassOf({ buildMode: '替换' })).toBe(2);
  const roofClass = (resourceType: string) => {
    const { structure } = resourceTypes.find(({ code }) => code === resourceType)!;
    return roofOrder.classes[roofClassOf({ resourceType, structure })]!.word;
  };
  expect(
    ['政府机关', '公用设施', '医院', '商务商业楼', '住宅天面', '普通地面塔', '路灯杆'].map(roofClass),
  ).toEqual(['政府办公', '市政公用', '公共服务', '商业办公', '住宅', '独立塔', '市政公用']);
});

test('every resource type has a class in the roof order', () => {
  for (const { code, structure } of resourceTypes)
    expect(roofClassOf({ resourceType: code, structure })).toBeGreaterThanOrEqual(0);
});
