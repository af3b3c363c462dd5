// The address of the table of comments: what it says is what is asked for, and anything else is nothing.
import { expect, test } from 'vitest';
import {
  changedComments,
  commentPageQueryOf,
  isCommentsFiltered,
  readCommentsView,
  writeCommentsView,
} from '../../client/screens/comments/comments-query.ts';

const read = (address: string) => readCommentsView(new URLSearchParams(address));

test('the address comes back as it was, without what goes without saying', () => {
  for (const address of [
    '',
    'noun=plan&answered=false&sort=byName&order=desc',
    'q=%E5%AD%A6%E6%A0%A1&page=3',
    'answerable=true&comment=c1',
  ])
    expect(writeCommentsView(read(address)).toString()).toBe(address);
});

test('words an address cannot mean are left out', () => {
  const view = read('noun=site&answered=perhaps&sort=body&page=-1&rows=7&mine=1');
  expect(isCommentsFiltered(view)).toBe(false);
  expect(commentPageQueryOf(view)).toEqual({ sort: 'at', order: 'desc', page: 1, pageSize: 200 });
});

test('a filter begins at the first page, opening a row stays on its page', () => {
  const third = read('page=3');
  expect(changedComments(third, { noun: 'plan' }).page).toBe(1);
  expect(changedComments(third, { comment: 'c1' }).page).toBe(3);
});
