// An antenna file (MSI, PLN) as its reader process tells it: the pattern with both cuts packed, or the code it is refused with.
import {
  type AntennaPattern,
  PlanningError,
  type PlanningErrorCode,
  parseAntennaFile,
} from '../../engine/index.ts';
import type { NewAntenna } from '../store/antennas.ts';
import { decodeText } from './decode-text.ts';

export interface AntennaOptions {
  readonly kind: 'antenna';
  /** Unit of a gain that names none; null counts it as dBd and warns where that is unlikely. */
  readonly gainUnit: 'dBd' | 'dBi' | null;
}

type PackedAntenna = Omit<AntennaPattern, 'horizontalLossDb' | 'verticalLossDb'> &
  Pick<NewAntenna, 'horizontalLoss' | 'verticalLoss'>;

export type AntennaOutcome =
  | { readonly kind: 'read'; readonly antenna: PackedAntenna }
  | { readonly kind: 'encoding' }
  | {
      readonly kind: 'refused';
      readonly code: PlanningErrorCode;
      readonly found: PlanningError['found'];
    };

/** Throws for no file. UTF-8 or GB18030, as any import. */
export function parseAntenna(bytes: Uint8Array, { gainUnit }: AntennaOptions): AntennaOutcome {
  const decoded = decodeText(bytes);
  if (!decoded) return { kind: 'encoding' };
  try {
    const { horizontalLossDb, verticalLossDb, ...antenna } = parseAntennaFile(
      decoded.text,
      gainUnit ? { gainUnit } : {},
    );
    const packed = { horizontalLoss: packCut(horizontalLossDb), verticalLoss: packCut(verticalLossDb) };
    return { kind: 'read', antenna: { ...antenna, ...packed } };
  } catch (error) {
    if (!(error instanceof PlanningError)) throw error;
    return { kind: 'refused', code: error.code, found: error.found };
  }
}

/** 32-bit little-endian floats in base64. */
function packCut(lossDb: Float32Array): string {
  const bytes = Buffer.alloc(4 * lossDb.length);
  lossDb.forEach((value, index) => {
    bytes.writeFloatLE(value, 4 * index);
  });
  return bytes.toString('base64');
}
