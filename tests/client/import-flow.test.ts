// The course of one import: what may follow what.
import { expect, test } from 'vitest';
import {
  fileProblem,
  firstFlow,
  type ImportEvent,
  importFlow,
  importKinds,
  importMoves,
  importQuery,
  isRasterKind,
} from '../../client/screens/import/import-flow.ts';
import type { ImportReportJson } from '../../server/contract/imports.ts';
import * as contract from '../../server/contract/imports.ts';

const csv = new File(['a,b\n1,2\n'], 'sites.csv');
const run = (...events: ImportEvent[]) => events.reduce(importFlow, firstFlow);
const checked = (accepted: number, rejected: number): ImportReportJson => ({
  id: null,
  kind: 'sites',
  fileName: 'sites.csv',
  format: 'csv',
  digest: 'd',
  datum: 'CGCS2000',
  mode: 'check',
  outcome: 'checked',
  rows: accepted + rejected,
  accepted,
  rejected,
  stored: 0,
  issues: [],
  moreIssues: 0,
  columns: [],
  createdAt: null,
});
const afterCheck = (accepted: number, rejected: number) =>
  run(
    { type: 'file', file: csv },
    { type: 'send', mode: 'check' },
    { type: 'report', report: checked(accepted, rejected) },
  );

test('the lists of the screen are those of the contract', () => {
  expect(importKinds).toEqual(contract.importKinds);
});

test('without a file nothing can be sent', () => {
  expect(importMoves(firstFlow)).toEqual({
    canCheck: false,
    canKeepUsable: false,
    canKeepAll: false,
    isFinished: false,
  });
});

test('a file has to be checked before it can be kept', () => {
  const moves = importMoves(run({ type: 'file', file: csv }));
  expect(moves).toMatchObject({ canCheck: true, canKeepUsable: false, canKeepAll: false });
});

test('a clean file can be kept whole, one with refused rows only in part', () => {
  expect(importMoves(afterCheck(10, 0))).toMatchObject({ canKeepAll: true, canKeepUsable: false });
  expect(importMoves(afterCheck(7, 3))).toMatchObject({ canKeepAll: false, canKeepUsable: true });
  expect(importMoves(afterCheck(0, 3))).toMatchObject({ canKeepAll: false, canKeepUsable: false });
});

test.each([{ kind: 'roads' }, { datum: 'BD-09' }, { defaultHeightM: 8 }] as const)(
  'changing %j makes the check void',
  (choice) => {
    const flow = importFlow(afterCheck(10, 0), { type: 'choose', choice });
    expect(flow.report).toBeNull();
    expect(importMoves(flow).canKeepAll).toBe(false);
    expect(flow.file).toBe(csv);
  },
);

test('a file of another kind or without content is refused before it is sent', () => {
  expect(fileProblem({ name: 'plan.dwg', size: 10 })).toBe('wrongType');
  expect(fileProblem({ name: 'sites.CSV', size: 0 })).toBe('emptyFile');
  expect(fileProblem({ name: 'a.GeoJSON', size: 10 })).toBeNull();
  const flow = run({ type: 'file', file: csv }, { type: 'file', file: new File(['x'], 'plan.dwg') });
  expect(flow).toMatchObject({ file: null, refusedFile: { name: 'plan.dwg', problem: 'wrongType' } });
});

test('rasters are taken, state their own datum, and are as many as the contract says', () => {
  for (const name of ['N31E121.hgt', 'dem.TIF', 'people.tiff'])
    expect(fileProblem({ name, size: 10 }), name).toBeNull();
  expect(importKinds.filter(isRasterKind)).toEqual(contract.rasterKinds);
  const choice = { ...firstFlow.choice, kind: 'terrain', datum: 'GCJ-02' } as const;
  expect(importQuery(choice)).toEqual({ kind: 'terrain', datum: 'CGCS2000' });
});

test('an answer that comes after cancelling changes nothing', () => {
  const cancelled = run({ type: 'file', file: csv }, { type: 'send', mode: 'all' }, { type: 'cancel' });
  const late = importFlow(cancelled, { type: 'report', report: checked(1, 0) });
  expect(late).toBe(cancelled);
  expect(importFlow(cancelled, { type: 'fail', error: 'late' })).toBe(cancelled);
  expect(cancelled.cancelled).toBe('all');
});

test('after storing, the next file starts with the same settings', () => {
  const stored = importFlow(
    run(
      { type: 'choose', choice: { datum: 'BD-09' } },
      { type: 'file', file: csv },
      { type: 'send', mode: 'all' },
    ),
    { type: 'report', report: { ...checked(3, 0), mode: 'all', outcome: 'stored', stored: 3 } },
  );
  expect(importMoves(stored)).toMatchObject({ isFinished: true, canCheck: false });
  expect(importFlow(stored, { type: 'again' })).toMatchObject({ file: null, choice: { datum: 'BD-09' } });
});

test('defaults are sent for sites only, and only those that were set', () => {
  const choice = { ...firstFlow.choice, defaultHeightM: 8 };
  expect(importQuery(choice)).toEqual({ kind: 'sites', datum: 'CGCS2000', defaultHeightM: 8 });
  expect(importQuery({ ...choice, kind: 'roads' })).toEqual({ kind: 'roads', datum: 'CGCS2000' });
  expect(importQuery({ ...choice, kind: 'areas', defaultAreaKind: ' 水域 ' })).toEqual({
    kind: 'areas',
    datum: 'CGCS2000',
    defaultAreaKind: '水域',
  });
});
