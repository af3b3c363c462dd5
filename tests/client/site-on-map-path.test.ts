// The address that shows a site of a plan is understood by the workspace.
import { expect, test } from 'vitest';
import { siteOnMapPath } from '../../client/screens/review/site-on-map-path.ts';
import { readAddress } from '../../client/state/address-bar.ts';
import { focusStore } from '../../client/state/focus.ts';
import { viewStore } from '../../client/state/view.ts';

test('the workspace reads plan, site and position back from it', () => {
  const path = siteOnMapPath('plan 1', { id: 's&1', position: [121.47371, 31.23041] });
  readAddress(path.slice(1));
  expect(focusStore.get()).toMatchObject({ planId: 'plan 1', siteId: 's&1' });
  expect(viewStore.get()).toMatchObject({ centre: [121.47371, 31.23041], zoom: 17 });
});
