// What a person sets about radio and what is known of a site reach the station form, the bytes and the fingerprint.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { formPattern } from '../../../engine/coverage/form-pattern.ts';
import {
  computeFootprints,
  computePlan,
  decodePlanInput,
  encodePlanInput,
  equipmentProfiles,
  findEquipmentProfile,
  fingerprintOf,
  gainTableEntry,
  type PlanInput,
  parseAntennaFile,
  patternGainDbi,
  plainRadio,
  type RadioOptions,
  type Site,
} from '../../../engine/index.ts';
import { makeStationForms } from '../../../engine/plan/station-forms.ts';
import { modelOf, place } from '../coverage/a-model.ts';
import { aChoice, anInput, aSite } from './a-place.ts';

const n78 = findEquipmentProfile('n78')!;
const example = readFileSync(new URL('../../fixtures/vectors/msi_example.msi', import.meta.url), 'utf8');
const antenna = parseAntennaFile(example);
const roof = (changes: Partial<Site> = {}) => aSite('r', 500, 500, { structure: 'roof', ...changes });
const withRadio = (changes: Partial<RadioOptions>): PlanInput =>
  anInput({ radio: { ...plainRadio, ...changes } });

test('without a choice every site carries what the equipment has', () => {
  for (const profile of equipmentProfiles) {
    const forms = makeStationForms(profile, plainRadio);
    expect(forms.of(aSite('p', 0, 0))).toEqual(profile.pole);
    expect(forms.of(roof())).toEqual(profile.macro);
    expect(forms.of(roof({ structure: 'tower' }))).toBe(forms.of(roof()));
    expect(forms.reachM).toBe(profile.macro.serviceRadiusM);
  }
});

test('models go to poles and macros apart, the traffic in the street to P.1411 alone', () => {
  const forms = makeStationForms(n78, {
    ...plainRadio,
    macroModel: 'RMa',
    poleModel: 'P1411',
    roadHeightM: 1.3,
  });
  expect(forms.of(roof())).toEqual({ ...n78.macro, model: 'RMa' });
  expect(forms.of(aSite('p', 0, 0))).toEqual({ ...n78.pole, model: 'P1411', roadHeightM: 1.3 });
});

test('equal sites share one form, and a surveyed site has its own directions and tilts', () => {
  const forms = makeStationForms(n78, plainRadio);
  const one = forms.of(roof({ azimuthsDeg: [30, 150.3], electricalTiltDeg: 4, mechanicalTiltDeg: 2 }));
  const other = forms.of(
    roof({ id: 'x', azimuthsDeg: [30, 150.4], electricalTiltDeg: 4, mechanicalTiltDeg: 2 }),
  );
  expect(other).toBe(one);
  expect(one).toMatchObject({ azimuthsDeg: [30, 150.5], downtiltDeg: 4, mechanicalTiltDeg: 2 });
  expect(forms.of(roof({ mechanicalTiltDeg: 0 }))).toEqual(n78.macro);
  expect(forms.of(roof({ electricalTiltDeg: 0 })).downtiltDeg).toBe(0);
});

test('a pole that is given directions carries panels', () => {
  const forms = makeStationForms(n78, plainRadio);
  const form = forms.of(aSite('p', 0, 0, { azimuthsDeg: [90] }));
  expect(form).toMatchObject({ azimuthsDeg: [90], horizontalWidthDeg: 65, ssbGainDbi: n78.pole.ssbGainDbi });
  const lossDb = formPattern(form);
  expect(lossDb[gainTableEntry(90, 0)]).toBeCloseTo(0, 5);
  expect(lossDb[gainTableEntry(90 + 32.5, 0)]).toBeCloseTo(3, 5);
});

test('a file gives the shape of every macro sector; the peak stays the SSB gain unless the file is to give it', () => {
  const radio = { ...plainRadio, macroAntenna: antenna };
  const form = makeStationForms(n78, radio).of(roof({ azimuthsDeg: [40] }));
  expect(form.ssbGainDbi).toBe(n78.macro.ssbGainDbi);
  const lossDb = formPattern(form);
  for (const azimuthDeg of [0, 40, 100, 220])
    for (const elevationDeg of [-30, -8, 0, 5])
      expect(lossDb[gainTableEntry(azimuthDeg, elevationDeg)]).toBeCloseTo(
        antenna.gainDbi - patternGainDbi(antenna, azimuthDeg - 40, elevationDeg),
        1,
      );
  const byFile = makeStationForms(n78, { ...radio, useFileGain: true }).of(roof());
  expect(byFile.ssbGainDbi).toBe(antenna.gainDbi);
  expect(formPattern(byFile)).toEqual(formPattern(makeStationForms(n78, radio).of(roof())));
  expect(makeStationForms(n78, radio).of(aSite('p', 0, 0))).toEqual(n78.pole);
});

test('the electrical tilt in a file is never added again, a mechanical one is', () => {
  const forms = makeStationForms(n78, { ...plainRadio, macroAntenna: antenna });
  const plain = formPattern(forms.of(roof()));
  expect(formPattern(forms.of(roof({ electricalTiltDeg: 9 })))).toEqual(plain);
  const leaning = formPattern(forms.of(roof({ mechanicalTiltDeg: 5 })));
  expect(leaning[gainTableEntry(0, -5)]).toBeCloseTo(plain[gainTableEntry(0, 0)]!, 1);
});

test('more forms than tables are kept give each site the footprint it has alone', () => {
  const forms = makeStationForms(n78, plainRadio);
  const places = Array.from({ length: 70 }, (_, index) =>
    place(
      100 + 11 * index,
      900 - 11 * index,
      forms.of(roof({ azimuthsDeg: [index, index + 120, index + 240] })),
      30,
    ),
  );
  const order = [...places, ...places.slice(0, 5)];
  const { blocks } = computeFootprints(modelOf({ binSizeM: 50 }), order);
  const again = blocks[1]!;
  for (let index = 0; index < 5; index++) {
    const local = 70 + index - 64;
    const alone = computeFootprints(modelOf({ binSizeM: 50 }), [places[index]!]).blocks[0]!;
    expect(again.grades.slice(again.gradeStarts[local]!, again.gradeStarts[local + 1]!)).toEqual(
      alone.grades,
    );
  }
});

test('bytes carry every option, the two cuts and the directions of a site', () => {
  const input = anInput({
    sites: [aSite('a', 500, 500, { azimuthsDeg: [0, 120], electricalTiltDeg: 3, mechanicalTiltDeg: 1 })],
    radio: {
      macroModel: 'P1812',
      poleModel: 'P1411',
      roadHeightM: 1.3,
      macroAntenna: antenna,
      useFileGain: true,
      load: 0.3,
      indoorBuilding: 'high',
    },
  });
  expect(decodePlanInput(encodePlanInput(input))).toEqual(input);
});

test('every option and every direction of a site names another plan', () => {
  const quiet = antenna.horizontalLossDb.slice();
  quiet[1800] = quiet[1800]! + 1;
  const inputs = [
    anInput(),
    withRadio({ macroModel: 'RMa' }),
    withRadio({ poleModel: 'RMa' }),
    withRadio({ roadHeightM: 1.3 }),
    withRadio({ load: 0.3 }),
    withRadio({ indoorBuilding: 'high' }),
    withRadio({ macroAntenna: antenna }),
    withRadio({ macroAntenna: antenna, useFileGain: true }),
    withRadio({ macroAntenna: { ...antenna, horizontalLossDb: quiet } }),
    anInput({ sites: anInput().sites.map((site) => ({ ...site, azimuthsDeg: [0] })) }),
    anInput({ sites: anInput().sites.map((site) => ({ ...site, electricalTiltDeg: 2 })) }),
    anInput({ sites: anInput().sites.map((site) => ({ ...site, mechanicalTiltDeg: 2 })) }),
  ];
  expect(new Set(inputs.map((input) => fingerprintOf(input, aChoice()))).size).toBe(inputs.length);
});

test('load and building type reach the quality of the plan', () => {
  const sites = Array.from({ length: 9 }, (_, index) =>
    aSite(`s${index}`, 200 + 300 * (index % 3), 200 + 300 * Math.floor(index / 3)),
  );
  const planned = (radio: Partial<RadioOptions>) =>
    computePlan(anInput({ sites, binSizeM: 50, radio: { ...plainRadio, ...radio } }), aChoice()).summary;
  const plain = planned({}).quality!;
  const busy = planned({ load: 1 }).quality!;
  const thick = planned({ indoorBuilding: 'high' }).quality!;
  expect(busy.load).toBe(1);
  expect(busy.meanDownlinkMbps).toBeLessThan(plain.meanDownlinkMbps);
  expect(thick.indoorBuilding).toBe('high');
  expect(thick.indoorShare).toBeLessThan(plain.indoorShare);
});
