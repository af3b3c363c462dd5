// The mark of each layer, the same as on the map: shape is structure, colour is status.
import { markColours } from '../../format/map-colours.ts';
import { reasonColours } from '../../format/reason-colours.ts';
import type { LayerId } from '../../state/layers.ts';

const siteLooks = {
  existing: { fill: markColours.existing, stroke: markColours.existing },
  candidate: { fill: '#ffffff', stroke: markColours.candidate },
  proposed: { fill: markColours.proposed, stroke: markColours.proposed },
  unavailable: { fill: '#eceff2', stroke: markColours.unavailable },
} as const;

export interface SiteMarkProps {
  readonly structure: 'pole' | 'roof' | 'tower';
  readonly status: keyof typeof siteLooks;
}

export function SiteMark({ structure, status }: SiteMarkProps) {
  const look = { ...siteLooks[status], strokeWidth: 1.6 };
  return (
    <svg width={14} height={14} viewBox="-7 -7 14 14" aria-hidden="true">
      {structure === 'pole' ? <circle r={4.4} {...look} /> : null}
      {structure === 'roof' ? <rect x={-4.4} y={-4.4} width={8.8} height={8.8} {...look} /> : null}
      {structure === 'tower' ? (
        <path d="M0 -5.4 L5.4 4.4 L-5.4 4.4 Z" strokeLinejoin="round" {...look} />
      ) : null}
    </svg>
  );
}

export function LayerMark({ id }: { readonly id: LayerId }) {
  if (id === 'sites-existing') return <SiteMark structure="tower" status="existing" />;
  if (id === 'sites-candidate') return <SiteMark structure="pole" status="candidate" />;
  if (id === 'sites-other') return <SiteMark structure="roof" status="proposed" />;
  if (id === 'plan') return <i className="mark-rank">1</i>;
  if (id === 'coverage') return <i className="mark-ramp" />;
  if (id === 'uncovered') return <i className="dot" style={{ background: reasonColours.blocked }} />;
  const lines: Partial<Record<LayerId, string>> = {
    areas: `2px solid ${markColours.area}`,
    districts: `2px dashed ${markColours.district}`,
    pipes: `2px dashed ${markColours.pipe}`,
    roads: '3px double #aab0b8',
  };
  const line = lines[id];
  if (line !== undefined) return <i className="mark-line" style={{ borderTop: line }} />;
  const fills: Partial<Record<LayerId, string>> = {
    water: markColours.water,
    relief: 'linear-gradient(135deg, #f2f2f2, #6f7276)',
    clutter: 'linear-gradient(90deg, #60945c 34%, #e2dbb4 34% 67%, #c88070 67%)',
  };
  return <i className="mark-fill" style={{ background: fills[id] ?? '#b4b5b7' }} />;
}
