// Types of the parts of geojson-validation (LGPL-3, ships none) that the import door uses.
declare module 'geojson-validation' {
  /** With `trace` the reasons of refusal; an empty list or undefined means the structure is right. */
  export function isFeature(value: unknown, trace: true): string[] | undefined;
  export function isGeometryObject(value: unknown, trace: true): string[] | undefined;
}
