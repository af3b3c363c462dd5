// Reading well-known binary (OGC 06-103r4, 8.2), little endian, two dimensions: what ST_AsBinary(geom, 'NDR') writes.
// Many geometries come glued together in one value, because handing over rows one by one is slow on the embedded store.
import type { LonLat, PolygonRings } from '../../engine/index.ts';
import type { StoredGeometry } from './postgis-types.ts';

/** All geometries of the bytes, in order. Throws on a kind no column of ours can hold. */
export function readGeometries(bytes: Buffer): StoredGeometry[] {
  const reader = new WkbReader(bytes);
  const geometries: StoredGeometry[] = [];
  while (!reader.atEnd) geometries.push(reader.geometry());
  return geometries;
}

/** Ring after ring of each geometry in turn; a point or a line counts as one ring. */
export function walkRings(
  bytes: Buffer,
  onGeometry: () => void,
  onRing: (positions: readonly LonLat[]) => void,
): void {
  const reader = new WkbReader(bytes);
  while (!reader.atEnd) {
    onGeometry();
    const geometry = reader.geometry();
    if (geometry.type === 'MultiPolygon') for (const rings of geometry.coordinates) rings.forEach(onRing);
    else if (geometry.type === 'MultiLineString') geometry.coordinates.forEach(onRing);
    else onRing(geometry.type === 'Point' ? [geometry.coordinates] : geometry.coordinates);
  }
}

class WkbReader {
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get atEnd(): boolean {
    return this.#at >= this.#view.byteLength;
  }

  geometry(): StoredGeometry {
    const kind = this.#header();
    switch (kind) {
      case 1:
        return { type: 'Point', coordinates: this.#position() };
      case 2:
        return { type: 'LineString', coordinates: this.#positions() };
      case 3:
        return { type: 'MultiPolygon', coordinates: [this.#rings()] };
      case 5:
        return { type: 'MultiLineString', coordinates: this.#parts(() => this.#positions()) };
      case 6:
        return { type: 'MultiPolygon', coordinates: this.#parts(() => this.#rings()) };
      default:
        throw new Error(`well-known binary of kind ${kind}: expected points, lines or polygons`);
    }
  }

  #header(): number {
    if (this.#view.getUint8(this.#at) !== 1) throw new Error('well-known binary: expected little endian');
    this.#at += 1;
    return this.#count();
  }

  #count(): number {
    const value = this.#view.getUint32(this.#at, true);
    this.#at += 4;
    return value;
  }

  #position(): LonLat {
    const lon = this.#view.getFloat64(this.#at, true);
    const lat = this.#view.getFloat64(this.#at + 8, true);
    this.#at += 16;
    return [lon, lat];
  }

  #positions(): LonLat[] {
    return this.#repeat(() => this.#position());
  }

  #rings(): PolygonRings {
    return this.#repeat(() => this.#positions());
  }

  #parts<T>(read: () => T): T[] {
    return this.#repeat(() => {
      this.#header();
      return read();
    });
  }

  #repeat<T>(read: () => T): T[] {
    const values: T[] = [];
    for (let left = this.#count(); left > 0; left -= 1) values.push(read());
    return values;
  }
}
