// Accounts as rows of a workbook: who they are and how they sign in, nothing that opens a door.
import type { AccountJson } from '../contract/people.ts';
import type { Territory } from '../permission/principal.ts';
import type { SheetCell, TableSheet } from './make-workbook.ts';

type Account = Omit<AccountJson, 'territory'> & { readonly territory: Territory };

const columns: readonly (readonly [header: string, width: number, value: (row: Account) => SheetCell])[] = [
  ['账号', 20, ({ login }) => login],
  ['姓名', 18, ({ name }) => name],
  ['角色', 14, ({ role }) => roleNames[role]],
  ['单位', 26, ({ organisation }) => organisation],
  ['全部辖区', 10, ({ territory }) => territory.everywhere],
  ['区划代码', 24, ({ territory }) => territory.districtCodes.join('、')],
  ['街镇代码', 30, ({ territory }) => territory.townCodes.join('、')],
  ['状态', 10, (row) => (row.disabledAt !== null ? '停用' : row.lockedUntil !== null ? '锁定' : '启用')],
  ['停用时间', 26, ({ disabledAt }) => disabledAt],
  ['锁定至', 26, ({ lockedUntil }) => lockedUntil],
  ['口令登录', 10, ({ hasPassword }) => hasPassword],
  ['统一认证', 10, ({ oidcLinked }) => oidcLinked],
  ['待改口令', 10, ({ mustChangePassword }) => mustChangePassword],
  ['演示账号', 10, ({ isDemo }) => isDemo],
  ['最近活动', 26, ({ lastSeenAt }) => lastSeenAt],
  ['建立时间', 26, ({ createdAt }) => createdAt],
];

/** As domain reference, section 3, calls them. */
const roleNames: Readonly<Record<AccountJson['role'], string>> = {
  planner: '规划员',
  tower: '铁塔人员',
  operator: '运营商',
  owner: '产权单位',
  town: '街镇联络员',
  district: '区级审查',
  city: '市级主管',
  admin: '数据管理员',
};

export function accountSheet(accounts: readonly Account[]): TableSheet {
  return {
    name: '账号',
    columns: columns.map(([header, width]) => ({ header, width })),
    rows: accounts.map((account) => columns.map(([, , value]) => value(account))),
  };
}
