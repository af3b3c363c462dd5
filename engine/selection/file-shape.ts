// The shape of a file that somebody may have changed: what is wrong is named by its path, before any of it is used. Says nothing about
// what the numbers mean.

/** Path of the first part that does not fit, or null. */
export type Shape = (value: unknown, path: string) => string | null;

const fits =
  (isFitting: (value: unknown) => boolean): Shape =>
  (value, path) =>
    isFitting(value) ? null : path;

export const aNumber: Shape = fits((value) => typeof value === 'number' && Number.isFinite(value));
export const aWord: Shape = fits((value) => typeof value === 'string');
export const yesOrNo: Shape = fits((value) => typeof value === 'boolean');

export const orNull =
  (shape: Shape): Shape =>
  (value, path) =>
    value === null ? null : shape(value, path);

export const listOf =
  (shape: Shape): Shape =>
  (value, path) => {
    if (!Array.isArray(value)) return path;
    for (let at = 0; at < value.length; at++) {
      const wrong = shape(value[at], `${path}[${at}]`);
      if (wrong !== null) return wrong;
    }
    return null;
  };

/** Any names, one shape. */
export const tableOf =
  (shape: Shape): Shape =>
  (value, path) =>
    firstWrong(value, path, (parts) => Object.keys(parts).map((name) => [name, shape]));

/** These names at the least. */
export const partsOf =
  (shapes: Readonly<Record<string, Shape>>): Shape =>
  (value, path) =>
    firstWrong(value, path, () => Object.entries(shapes));

function firstWrong(
  value: unknown,
  path: string,
  shapesOf: (parts: object) => readonly (readonly [name: string, shape: Shape])[],
): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return path;
  for (const [name, shape] of shapesOf(value)) {
    const own: unknown = Object.hasOwn(value, name) ? value[name as keyof typeof value] : undefined;
    const wrong = shape(own, path === '' ? name : `${path}.${name}`);
    if (wrong !== null) return wrong;
  }
  return null;
}
