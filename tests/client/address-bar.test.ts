// The address bar carries what is on the screen, and believes nothing it cannot check.
import { beforeEach, expect, test } from 'vitest';
import { readAddress, writeAddress } from '../../client/state/address-bar.ts';
import { filtersStore, noFilters } from '../../client/state/filters.ts';
import { focusStore } from '../../client/state/focus.ts';
import { initialLayers, layersStore } from '../../client/state/layers.ts';
import { viewStore } from '../../client/state/view.ts';

beforeEach(() => {
  focusStore.set({ planId: null, siteId: null, patchId: null });
  viewStore.set({
    centre: null,
    zoom: 12,
    move: null,
    ramp: 'green-red',
    coverageLayer: 'level',
    bottomTab: 'items',
    bottomOpen: false,
  });
  layersStore.set(initialLayers);
  filtersStore.set(noFilters);
});

test('what is written is read back as the same picture', () => {
  focusStore.set({ planId: 'plan-1', siteId: 'site/7' });
  viewStore.set({
    centre: [121.4737, 31.2304],
    zoom: 14.25,
    ramp: 'colour-blind',
    coverageLayer: 'pdsch-sinr',
    bottomOpen: true,
    bottomTab: 'areas',
  });
  layersStore.set({ buildings: { visible: false, opacity: 1 } });
  const address = writeAddress();

  focusStore.set({ planId: null, siteId: null });
  viewStore.set({
    centre: null,
    ramp: 'green-red',
    coverageLayer: 'level',
    bottomOpen: false,
    bottomTab: 'items',
  });
  layersStore.set(initialLayers);
  readAddress(address);

  expect(focusStore.get()).toMatchObject({ planId: 'plan-1', siteId: 'site/7' });
  expect(viewStore.get()).toMatchObject({ centre: [121.4737, 31.2304], zoom: 14.25, ramp: 'colour-blind' });
  expect(viewStore.get()).toMatchObject({
    coverageLayer: 'pdsch-sinr',
    bottomOpen: true,
    bottomTab: 'areas',
  });
  expect(layersStore.get().buildings.visible).toBe(false);
  expect(writeAddress()).toBe(address);
});

test('the filters of the site table come back, also a search with commas; an empty word takes them off', () => {
  const filters = {
    ...noFilters,
    q: '云汀, 1&2',
    townCode: 'none',
    form: 'outdoor' as const,
    stood: true,
  };
  filtersStore.set(filters);
  const address = writeAddress();
  filtersStore.set(noFilters);
  readAddress(address);
  expect(filtersStore.get()).toEqual(filters);
  readAddress('?sites=form%3Dround%26status%3Dgone');
  expect(filtersStore.get()).toEqual(noFilters);
  filtersStore.set(filters);
  readAddress('?tab=library&sites=');
  expect([filtersStore.get(), writeAddress().includes('sites')]).toEqual([noFilters, false]);
});

test('a position outside the world and an unknown table are not believed', () => {
  readAddress('?map=14/131.2/121.4&tab=everything&patch=-3&ramp=pink&layer=weather');
  expect(viewStore.get()).toMatchObject({
    centre: null,
    bottomTab: 'items',
    bottomOpen: false,
    ramp: 'green-red',
    coverageLayer: 'level',
  });
  expect(focusStore.get().patchId).toBeNull();
});

test('an id longer than any id of ours is not believed', () => {
  readAddress(`?plan=${'x'.repeat(101)}`);
  expect(focusStore.get().planId).toBeNull();
});

test('a site and a patch are never in focus together', () => {
  readAddress('?site=s1&patch=4');
  expect(focusStore.get()).toMatchObject({ siteId: 's1', patchId: null });
});
