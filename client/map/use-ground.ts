// What both maps stand on: tiles as new as the service says, the names of districts and areas, and the basemap somebody configured.
import type { Map as MapLibreMap } from 'maplibre-gl';
import { useEffect } from 'react';
import type { AreaJson } from '../../server/contract/areas.ts';
import { useDistricts } from '../api/areas.ts';
import { useStatus } from '../api/catalogue.ts';
import type { Layers } from '../state/layers.ts';
import { applyLayers } from './apply-layers.ts';
import { applyBasemap } from './basemap-layer.ts';
import { applyNames } from './name-layers.ts';
import { applyRevisions } from './tile-sources.ts';

/** Areas left out are not named. `layersNow` must keep its identity. */
export function useGround(
  map: MapLibreMap | null,
  layersNow: () => Layers,
  areas?: readonly AreaJson[] | undefined,
): void {
  const status = useStatus().data;
  const revisions = status?.revisions;
  useEffect(() => {
    if (map !== null && revisions !== undefined) applyRevisions(map, revisions);
  }, [map, revisions]);

  const districts = useDistricts().data;
  useEffect(() => {
    if (map !== null) applyNames(map, areas ?? [], districts ?? []);
  }, [map, areas, districts]);

  // The service is asked again and again; the basemap is put in only when it is another one.
  const { url, attribution } = status?.basemap ?? {};
  useEffect(() => {
    if (map === null) return;
    applyBasemap(map, url === undefined || attribution === undefined ? null : { url, attribution });
    applyLayers(map, layersNow());
  }, [map, url, attribution, layersNow]);
}
