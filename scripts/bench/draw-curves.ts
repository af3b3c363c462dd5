// The gap over time as an SVG picture: one curve per instance, seconds and percent on logarithmic axes.

export interface Curve {
  readonly name: string;
  readonly points: readonly (readonly [seconds: number, gap: number])[];
}

const WIDTH = 860;
const HEIGHT = 440;
const LEFT = 60;
const RIGHT = 240;
const TOP = 40;
const BOTTOM = 50;
const SECONDS = [0.3, 1, 3, 10, 30, 100];
const PERCENT = [1, 2, 3, 5, 10, 20, 50, 100];
const COLOURS = ['#1664d9', '#c2410c', '#15803d', '#7c3aed', '#0f766e', '#b91c1c'];

export function drawCurves(curves: readonly Curve[]): string {
  const x = (seconds: number): number => along(seconds, SECONDS[0]!, 150, LEFT, WIDTH - RIGHT);
  const y = (percent: number): number => along(percent, 0.7, 130, HEIGHT - BOTTOM, TOP);
  const lines = [
    ...SECONDS.map(
      (seconds) =>
        `<path d="M${x(seconds)} ${TOP}V${HEIGHT - BOTTOM}" stroke="#e5e7eb"/><text x="${x(seconds)}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${seconds} s</text>`,
    ),
    ...PERCENT.map(
      (percent) =>
        `<path d="M${LEFT} ${y(percent)}H${WIDTH - RIGHT}" stroke="#e5e7eb"/><text x="${LEFT - 8}" y="${y(percent) + 4}" text-anchor="end">${percent} %</text>`,
    ),
  ];
  const drawn = curves.map(({ name, points }, index) => {
    const colour = COLOURS[index % COLOURS.length]!;
    const shown = points.filter(([seconds, gap]) => seconds >= SECONDS[0]! && gap > 0);
    const path = shown
      .map(([seconds, gap], at) => `${at === 0 ? 'M' : 'L'}${round(x(seconds))} ${round(y(100 * gap))}`)
      .join('');
    const last = shown.at(-1);
    const figure = last ? `${(100 * last[1]).toFixed(1)} % · ${last[0].toFixed(0)} s` : '';
    return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2"/><text x="${WIDTH - RIGHT + 12}" y="${TOP + 16 + 36 * index}" fill="${colour}">${name}</text><text x="${WIDTH - RIGHT + 12}" y="${TOP + 31 + 36 * index}" fill="#4b5563">${figure}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" fill="#374151"><title>certified gap over time</title><rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/><text x="${LEFT}" y="22" font-size="14">certified gap over time, one thread / 证明的差距随时间</text>${lines.join('')}${drawn.join('')}</svg>\n`;
}

function along(value: number, from: number, to: number, start: number, end: number): number {
  const share = Math.log(Math.min(to, Math.max(from, value)) / from) / Math.log(to / from);
  return round(start + share * (end - start));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
