// The pattern of a station form in the ground frame, as one table over all its sectors.
import type { AntennaPattern } from '../model/antenna-pattern.ts';
import type { StationForm } from '../model/equipment-profile.ts';
import { type AntennaDescription, type AntennaSector, makeGainTable } from '../radio/antenna-gain-table.ts';

/** Loss below the peak of the strongest sector: 361 elevations of 721 azimuths in half degrees, as `makeGainTable` lays it. */
export function formPattern(form: StationForm): Float32Array {
  return makeGainTable(sectorsOf(form)).lossDb;
}

/**
 * One entry per sector; an antenna without directions counts as one that looks the same all round. A measured pattern gives
 * the shape alone: the peak is the form's SSB gain, and the electrical tilt is the one in the file's vertical cut.
 */
export function sectorsOf(form: StationForm): AntennaSector[] {
  const { downtiltDeg, mechanicalTiltDeg } = form;
  const tilts = { electricalTiltDeg: form.antenna ? 0 : downtiltDeg, mechanicalTiltDeg };
  const antenna = antennaOf(form);
  if (form.azimuthsDeg.length === 0) return [{ antenna, azimuthDeg: 0, ...tilts }];
  return form.azimuthsDeg.map((azimuthDeg) => ({ antenna, azimuthDeg, ...tilts }));
}

/** Equal antennas are one object, so that forms which differ in direction alone share their computing. */
function antennaOf(form: StationForm): AntennaDescription {
  const { horizontalWidthDeg, verticalWidthDeg, frontToBackDb, antenna } = form;
  if (antenna && form.azimuthsDeg.length > 0) {
    const known = measured.get(antenna) ?? { kind: 'file', pattern: antenna };
    measured.set(antenna, known);
    return known;
  }
  const made: AntennaDescription =
    form.azimuthsDeg.length === 0
      ? { kind: 'omni', verticalWidthDeg, frontToBackDb }
      : { kind: 'panel', horizontalWidthDeg, verticalWidthDeg, frontToBackDb };
  const key = `${made.kind} ${horizontalWidthDeg} ${verticalWidthDeg} ${frontToBackDb}`;
  const known = described.get(key) ?? made;
  if (described.size >= DESCRIBED_AT_MOST) described.clear();
  described.set(key, known);
  return known;
}

const DESCRIBED_AT_MOST = 256;
const described = new Map<string, AntennaDescription>();
const measured = new WeakMap<AntennaPattern, AntennaDescription>();
