// Where a drawer opens: over the rows and without a veil while the map stands beside them, so that one can go from mark to mark; on the
// right as everywhere else.
import type { DrawerProps } from 'antd';
import { useSearchParams } from 'react-router';
import { readDeskMap } from '../../parts/desk-map-address.ts';
import { useNarrow } from '../../parts/use-narrow.ts';

/** As desk.module.css: below it the map lies above the rows. */
const beside = 1100;
const usualPx = 640;
const edgePx = 26;

export function useDrawerBesideMap(): Pick<DrawerProps, 'size' | 'placement' | 'mask'> {
  const [params] = useSearchParams();
  const isAbove = useNarrow(beside);
  if (isAbove || !readDeskMap(params).map) return { size: usualPx };
  return { size: Math.min(usualPx, window.innerWidth / 2 - edgePx), placement: 'left', mask: false };
}
