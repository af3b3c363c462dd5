// A position as people paste it: longitude and latitude in decimal degrees, with a comma, a space or a tab between.

export interface ReadPosition {
  readonly position: [lon: number, lat: number];
  /** Latitude stood first: in China no longitude is below 73 and no latitude above 54. */
  readonly swapped: boolean;
}

const numbers = /^[^\d+-]*([+-]?\d+(?:\.\d+)?)[^\d+-]+([+-]?\d+(?:\.\d+)?)[^\d]*$/;

/** Null: not two numbers on the globe. */
export function readPosition(text: string): ReadPosition | null {
  const found = numbers.exec(text.normalize('NFKC').trim());
  if (!found) return null;
  const [first, second] = [Number(found[1]), Number(found[2])];
  const swapped = first <= 54 && first >= 3 && second >= 73 && second <= 136;
  const position: [number, number] = swapped ? [second, first] : [first, second];
  const isOnGlobe = Math.abs(position[0]) <= 180 && Math.abs(position[1]) <= 90;
  const isNowhere = position[0] === 0 && position[1] === 0;
  return isOnGlobe && !isNowhere ? { position, swapped } : null;
}
