// What a camera wrote into a photo that we want to know: which way is up, when and where. A TIFF structure (CIPA DC-008, Exif 2.32) of
// unknown hands: every offset is checked, links are followed once, and whatever does not fit is not there.

export interface ExifFacts {
  /** 1 to 8; 1: as stored. */
  readonly orientation: number;
  /** ISO time; without a zone of its own the camera's clock is that of China. */
  readonly takenAt: string | null;
  /** [lon, lat], WGS 84. */
  readonly position: readonly [number, number] | null;
}

export const noExif: ExifFacts = { orientation: 1, takenAt: null, position: null };

const MOST_ENTRIES = 512;
const tags = {
  orientation: 0x0112,
  dateTime: 0x0132,
  exif: 0x8769,
  gps: 0x8825,
  dateTimeOriginal: 0x9003,
  offsetTime: 0x9010,
  offsetTimeOriginal: 0x9011,
  latitudeRef: 1,
  latitude: 2,
  longitudeRef: 3,
  longitude: 4,
} as const;
/** Bytes of one value by its type: byte, ascii, short, long, rational. */
const valueBytes: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8 };

interface Entry {
  readonly type: number;
  readonly count: number;
  /** Where its values begin. */
  readonly at: number;
}
type Directory = ReadonlyMap<number, Entry>;

/** From the TIFF header on. Never throws. */
export function readExif(bytes: Uint8Array): ExifFacts {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength < 8) return noExif;
  const order = view.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return noExif;
  const tiff = { view, little: order === 0x4949 };
  if (view.getUint16(2, tiff.little) !== 42) return noExif;
  const main = directoryAt(tiff, view.getUint32(4, tiff.little));
  const exif = directoryAt(tiff, longOf(tiff, main.get(tags.exif)));
  const gps = directoryAt(tiff, longOf(tiff, main.get(tags.gps)));
  const orientation = shortOf(tiff, main.get(tags.orientation)) ?? 1;
  return {
    orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
    takenAt:
      timeOf(
        textOf(tiff, exif.get(tags.dateTimeOriginal)),
        textOf(tiff, exif.get(tags.offsetTimeOriginal)),
      ) ?? timeOf(textOf(tiff, main.get(tags.dateTime)), textOf(tiff, exif.get(tags.offsetTime))),
    position: positionOf(tiff, gps),
  };
}

interface Tiff {
  readonly view: DataView;
  readonly little: boolean;
}

function directoryAt({ view, little }: Tiff, offset: number | null): Directory {
  const found = new Map<number, Entry>();
  if (offset === null || offset < 8 || offset + 2 > view.byteLength) return found;
  const count = Math.min(view.getUint16(offset, little), MOST_ENTRIES);
  for (let index = 0; index < count; index++) {
    const at = offset + 2 + index * 12;
    if (at + 12 > view.byteLength) break;
    const type = view.getUint16(at + 2, little);
    const size = (valueBytes[type] ?? Number.NaN) * view.getUint32(at + 4, little);
    const from = size <= 4 ? at + 8 : view.getUint32(at + 8, little);
    // false for a type that is none of ours
    if (from + size <= view.byteLength) {
      found.set(view.getUint16(at, little), { type, count: view.getUint32(at + 4, little), at: from });
    }
  }
  return found;
}

const shortOf = ({ view, little }: Tiff, entry: Entry | undefined): number | null =>
  entry?.type === 3 && entry.count >= 1 ? view.getUint16(entry.at, little) : null;

const longOf = ({ view, little }: Tiff, entry: Entry | undefined): number | null =>
  entry?.type === 4 && entry.count >= 1 ? view.getUint32(entry.at, little) : null;

const LONGEST_TEXT = 40;

function textOf({ view }: Tiff, entry: Entry | undefined): string {
  if (entry?.type !== 2) return '';
  const bytes = new Uint8Array(view.buffer, view.byteOffset + entry.at, Math.min(entry.count, LONGEST_TEXT));
  return String.fromCharCode(...bytes).split('\0', 1)[0] ?? '';
}

function timeOf(text: string, offset: string): string | null {
  const [, year, month, day, clock] = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/.exec(text) ?? [];
  if (!year) return null;
  const zone = /^[+-]\d\d:\d\d/.exec(offset)?.[0] ?? '+08:00';
  const at = Date.parse(`${year}-${month}-${day}T${clock}${zone}`);
  return Number.isNaN(at) || Number(year) < 1990 ? null : new Date(at).toISOString();
}

function positionOf(tiff: Tiff, gps: Directory): readonly [number, number] | null {
  const lat = degreesOf(tiff, gps.get(tags.latitude), textOf(tiff, gps.get(tags.latitudeRef)), ['N', 'S']);
  const lon = degreesOf(tiff, gps.get(tags.longitude), textOf(tiff, gps.get(tags.longitudeRef)), ['E', 'W']);
  if (lat === null || lon === null || Math.abs(lat) > 90 || Math.abs(lon) > 180) return null;
  // a receiver without satellites writes zeros
  return lat === 0 && lon === 0 ? null : [lon, lat];
}

function degreesOf(
  { view, little }: Tiff,
  entry: Entry | undefined,
  side: string,
  [positive, negative]: readonly [string, string],
): number | null {
  if (entry?.type !== 5 || entry.count !== 3 || (side !== positive && side !== negative)) return null;
  const [degrees, minutes, seconds] = [0, 8, 16].map((step) => {
    const divisor = view.getUint32(entry.at + step + 4, little);
    return divisor === 0 ? Number.NaN : view.getUint32(entry.at + step, little) / divisor;
  }) as [number, number, number]; // one for each step
  const value = degrees + minutes / 60 + seconds / 3600;
  if (Number.isNaN(value)) return null;
  return side === negative ? -value : value;
}

/** A TIFF structure that says which way is up, and nothing else; null where it would say nothing. */
export function orientationExif(orientation: number): Uint8Array | null {
  if (orientation === 1) return null;
  return Uint8Array.from([
    ...[0x4d, 0x4d, 0, 42, 0, 0, 0, 8],
    ...[0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0],
    ...[0, 0, 0, 0],
  ]);
}
