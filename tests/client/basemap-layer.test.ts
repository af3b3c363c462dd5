// The online basemap: nothing without the setting, one raster source with a plain credit line with it.
import { expect, test } from 'vitest';
import { basemapStyle } from '../../client/map/basemap-layer.ts';

test('without a configured basemap there is no source and no layer', () => {
  expect(basemapStyle(null)).toBeNull();
});

test('the configured template is the only address, drawn as a raster', () => {
  const url = 'https://tiles.example.org/{z}/{x}/{y}.png';
  const style = basemapStyle({ url, attribution: '' });
  expect(style?.source).toMatchObject({ type: 'raster', tiles: [url], attribution: '' });
  expect(style?.layer).toMatchObject({ type: 'raster', source: 'basemap' });
});

test('the credit line is text, whatever it holds', () => {
  const url = 'https://tiles.example.org/{z}/{x}/{y}.png';
  const style = basemapStyle({ url, attribution: '© 地图 <img src=x onerror="a()"> & Co' });
  expect(style?.source.attribution).not.toMatch(/[<>"]/);
  expect(style?.source.attribution).toContain('© 地图 &#60;img');
});
