// One cut of a pattern as a small polar diagram: the rim is the strongest direction, every ring inwards a step weaker.
const SIZE = 120;
const MIDDLE = SIZE / 2;
const RIM = 50;
const STEP = 10;
const RINGS = 3;
const ringRadii = Array.from({ length: RINGS }, (_, ring) => (RIM * (ring + 1)) / RINGS);

export interface PolarDiagramProps {
  /** Under the diagram and for screen readers. */
  readonly title: string;
  /** Below the strongest direction at 0, 1 … degrees, clockwise. */
  readonly loss: readonly number[];
  /** Where 0 degrees points. */
  readonly zero: 'up' | 'right';
}

export function PolarDiagram({ title, loss, zero }: PolarDiagramProps) {
  const points = loss.map((value, degree) => {
    const radius = RIM * Math.max(0, 1 - value / (STEP * RINGS));
    const angle = ((degree - (zero === 'up' ? 90 : 0)) * Math.PI) / 180;
    return `${(MIDDLE + radius * Math.cos(angle)).toFixed(1)},${(MIDDLE + radius * Math.sin(angle)).toFixed(1)}`;
  });
  return (
    <figure className="polar-diagram">
      <svg viewBox={`0 0 ${SIZE} ${SIZE}`} role="img" aria-label={title}>
        {ringRadii.map((radius) => (
          <circle key={radius} cx={MIDDLE} cy={MIDDLE} r={radius} className="ring" />
        ))}
        <path
          className="ring"
          d={`M${MIDDLE - RIM} ${MIDDLE}H${MIDDLE + RIM}M${MIDDLE} ${MIDDLE - RIM}V${MIDDLE + RIM}`}
        />
        <polygon className="lobe" points={points.join(' ')} />
      </svg>
      <figcaption>{title}</figcaption>
    </figure>
  );
}
