// Two lines over the same steps, as small as a word: what has been found from above, what is proved from below. Scales itself to
// what it shows; the last value of each line carries a dot.
export interface CourseCurveProps {
  /** For screen readers. */
  readonly title: string;
  /** Equally spaced from left to right; null leaves a hole. */
  readonly upper: readonly (number | null)[];
  readonly lower: readonly (number | null)[];
}

const WIDTH = 240;
const HEIGHT = 48;
const MARGIN = 4;

export function CourseCurve({ title, upper, lower }: CourseCurveProps) {
  const place = placing([...upper, ...lower], Math.max(upper.length, lower.length));
  return (
    <svg className="course-curve" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={title}>
      <Line values={lower} place={place} name="lower" />
      <Line values={upper} place={place} name="upper" />
    </svg>
  );
}

type Place = (value: number, index: number) => readonly [x: number, y: number];

function Line({
  values,
  place,
  name,
}: {
  readonly values: readonly (number | null)[];
  readonly place: Place;
  readonly name: 'upper' | 'lower';
}) {
  const points = values.flatMap((value, index) => (value === null ? [] : [place(value, index)]));
  const last = points.at(-1);
  if (last === undefined) return null;
  return (
    <g className={name}>
      <polyline points={points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')} />
      <circle cx={last[0]} cy={last[1]} r={2.5} />
    </g>
  );
}

function placing(values: readonly (number | null)[], steps: number): Place {
  const known = values.filter((value) => value !== null);
  const low = Math.min(...known);
  const span = Math.max(...known) - low;
  return (value, index) => [
    MARGIN + (steps < 2 ? 1 : index / (steps - 1)) * (WIDTH - 2 * MARGIN),
    HEIGHT - MARGIN - (span > 0 ? (value - low) / span : 0.5) * (HEIGHT - 2 * MARGIN),
  ];
}
