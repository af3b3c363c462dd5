// Buildings as packed arrays: a city has hundreds of thousands, and they travel between threads without copying.

export interface BuildingSet {
  /** `lon, lat` pairs of all rings one after the other; a ring does not repeat its first position. */
  readonly positions: Float64Array;
  /** First vertex of each ring, then the end: rings + 1 entries. */
  readonly ringStarts: Uint32Array;
  /** First ring of each building, then the end: buildings + 1 entries. Inside is by the even-odd rule. */
  readonly buildingStarts: Uint32Array;
  /** Height above ground in metres per building; NaN where the source does not say. */
  readonly heightM: Float32Array;
}

/** A road centre line with its class: `trunk`, `primary`, `secondary`, `tertiary`, `residential`, `service`, `path`, `rail`, `other`. */
export interface Road {
  readonly name: string;
  readonly roadClass: string;
  readonly path: readonly (readonly [lon: number, lat: number])[];
}

/** People (or any other demand) at points, packed as `lon, lat, weight` triples. */
export type DemandPoints = Float64Array;
