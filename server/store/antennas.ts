// Measured antennas: saved once per file, listed without their cuts, read whole for a plan.
import type { AntennaPattern } from '../../engine/index.ts';
import { isoTimeSql } from './sql-text.ts';
import type { Queryable } from './store.ts';

type AntennaHead = Omit<AntennaPattern, 'horizontalLossDb' | 'verticalLossDb'>;

export interface NewAntenna extends AntennaHead {
  readonly id: string;
  readonly sourceFile: string;
  /** Losses as 32-bit little-endian floats, in base64. */
  readonly horizontalLoss: string;
  readonly verticalLoss: string;
}

/** Without the cuts. */
export interface StoredAntenna extends AntennaHead {
  readonly id: string;
  readonly sourceFile: string;
  /** ISO time of the database. */
  readonly createdAt: string;
}

/** An antenna that is known already stays as it is. */
export async function saveAntenna(db: Queryable, antenna: NewAntenna): Promise<void> {
  await db.query(
    `insert into antennas (id, name, maker, source_file, frequency_mhz, gain_dbi, gain_unit_assumed,
                           electrical_tilt_deg, horizontal_loss, vertical_loss, warnings)
     select r.id, r.name, r.maker, r."sourceFile", r."frequencyMhz", r."gainDbi", r."gainUnitAssumed",
            r."electricalTiltDeg", decode(r."horizontalLoss", 'base64'), decode(r."verticalLoss", 'base64'), r.warnings
       from json_to_record($1::json) as r (id text, name text, maker text, "sourceFile" text, "frequencyMhz" float8,
            "gainDbi" float8, "gainUnitAssumed" text, "electricalTiltDeg" float8, "horizontalLoss" text,
            "verticalLoss" text, warnings json)
     on conflict (id) do nothing`,
    [antenna],
  );
}

const antennaJsonSql = `json_build_object('id', a.id, 'name', a.name, 'maker', a.maker, 'sourceFile', a.source_file,
  'frequencyMhz', a.frequency_mhz, 'gainDbi', a.gain_dbi, 'gainUnitAssumed', a.gain_unit_assumed,
  'electricalTiltDeg', a.electrical_tilt_deg, 'warnings', a.warnings, 'createdAt', ${isoTimeSql('a.created_at')})`;

/** All antennas, newest first. */
export function loadAntennas(db: Queryable): Promise<StoredAntenna[]> {
  return readAntennas(db, 'true', []);
}

export async function loadAntenna(db: Queryable, id: string): Promise<StoredAntenna | null> {
  return (await readAntennas(db, 'a.id = $1', [id]))[0] ?? null;
}

/** With both cuts, or null. */
export async function loadAntennaPattern(db: Queryable, id: string): Promise<AntennaPattern | null> {
  const { rows } = await db.query<{ antenna: StoredAntenna; horizontal: Buffer; vertical: Buffer }>(
    `select ${antennaJsonSql} as antenna, a.horizontal_loss as horizontal, a.vertical_loss as vertical
       from antennas a where a.id = $1`,
    [id],
  );
  const [row] = rows;
  if (!row) return null;
  const { name, maker, frequencyMhz, gainDbi, gainUnitAssumed, electricalTiltDeg, warnings } = row.antenna;
  return {
    ...{ name, maker, frequencyMhz, gainDbi, gainUnitAssumed, electricalTiltDeg, warnings },
    horizontalLossDb: unpackCut(row.horizontal),
    verticalLossDb: unpackCut(row.vertical),
  };
}

/** False when there is no such antenna. */
export async function deleteAntenna(db: Queryable, id: string): Promise<boolean> {
  return (await db.query('delete from antennas where id = $1', [id])).rowCount > 0;
}

/** Name of a plan that waits, runs or is done with the antenna, or null: such a plan is explained with it. */
export async function findPlanOfAntenna(db: Queryable, id: string): Promise<string | null> {
  const { rows } = await db.query<{ name: string }>(
    `select name from plans where deleted_at is null and state in ('queued', 'running', 'done') and request->'radio'->>'antennaId' = $1
      order by created_at desc, id limit 1`,
    [id],
  );
  return rows[0]?.name ?? null;
}

async function readAntennas(
  db: Queryable,
  where: string,
  values: readonly unknown[],
): Promise<StoredAntenna[]> {
  const { rows } = await db.query<{ antennas: StoredAntenna[] }>(
    `select coalesce(json_agg(${antennaJsonSql} order by a.created_at desc, a.id), '[]') as antennas
       from antennas a where ${where}`,
    values,
  );
  return rows[0]?.antennas ?? [];
}

function unpackCut(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.byteLength / 4 }, (_, index) => view.getFloat32(4 * index, true));
}
