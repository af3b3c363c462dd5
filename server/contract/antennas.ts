// Uploaded antenna files as the API speaks of them, and the radio options of a plan.
import { type Static, Type } from 'typebox';
import { HIGHEST_ROAD_M, stationModels } from '../../engine/index.ts';
import { idSchema, nullable, oneOf, strictObject } from './shared.ts';

/** What a file made somebody look at, in both languages. */
export const antennaWarningSchema = strictObject({
  code: Type.String(),
  message: strictObject({ zh: Type.String(), en: Type.String() }),
  hint: strictObject({ zh: Type.String(), en: Type.String() }),
});

export const antennaJsonSchema = strictObject({
  id: idSchema,
  name: Type.String(),
  maker: Type.String(),
  sourceFile: Type.String(),
  frequencyMhz: nullable(Type.Number()),
  gainDbi: Type.Number(),
  /** The unit taken for a gain that names none. */
  gainUnitAssumed: oneOf(['dBd', 'dBi', 'none'] as const),
  electricalTiltDeg: Type.Number(),
  warnings: Type.Array(antennaWarningSchema),
  createdAt: Type.String(),
});
export type AntennaJson = Static<typeof antennaJsonSchema>;

export const antennaListSchema = strictObject({ antennas: Type.Array(antennaJsonSchema) });

/** Both cuts for a polar diagram: losses below the peak in dB at 0, 1 … 359 degrees, to a tenth. */
export const antennaCutsSchema = strictObject({
  /** Clockwise from the boresight. */
  horizontalLossDb: Type.Array(Type.Number(), { minItems: 360, maxItems: 360 }),
  /** Downwards from the horizon in front. */
  verticalLossDb: Type.Array(Type.Number(), { minItems: 360, maxItems: 360 }),
});
export type AntennaCutsJson = Static<typeof antennaCutsSchema>;

export const newAntennaQuerySchema = strictObject({
  /** Unit of a gain that names none; dBd when left out. */
  gainUnit: Type.Optional(oneOf(['dBd', 'dBi'] as const)),
});

/** What is left out stays at the default (engine/model/radio-options.ts). */
export const radioJsonSchema = strictObject({
  macroModel: Type.Optional(oneOf(stationModels)),
  poleModel: Type.Optional(oneOf(stationModels)),
  /** Height of the traffic in the street, metres: 0 residential, 1.3 arterial. */
  roadHeightM: Type.Optional(Type.Number({ minimum: 0, maximum: HIGHEST_ROAD_M })),
  /** An uploaded antenna file for the macro sectors. */
  antennaId: Type.Optional(nullable(idSchema)),
  /** Take the file's gain as the peak instead of the SSB gain of the equipment. */
  useFileGain: Type.Optional(Type.Boolean()),
  load: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
  indoorBuilding: Type.Optional(oneOf(['low', 'high'] as const)),
});
export type RadioJson = Static<typeof radioJsonSchema>;
