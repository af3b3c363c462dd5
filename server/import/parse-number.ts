// Numbers in cells: full-width digits, thousands separators and a unit behind the number are common in Chinese tables.

export const METRES_PER_FOOT = 0.3048;

/** Whether the unit behind a number is the foot. */
export const isFeetUnit = (unit: string): boolean => /^(?:ft|feet|foot|英尺|呎|'|′)/.test(unit);

/** The number and what stands behind it, or null when there is no number at the start. */
export function parseNumber(text: string): { readonly value: number; readonly unit: string } | null {
  const plain = text.normalize('NFKC').trim();
  if (plain.length > 60) return null;
  const match =
    /^([+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{0,20})?(?:e[+-]?\d{1,3})?)\s*([^\d\s].{0,20})?$/i.exec(
      plain,
    );
  if (!match) return null;
  const value = Number((match[1] ?? '').replaceAll(',', ''));
  return Number.isFinite(value) ? { value, unit: (match[2] ?? '').trim().toLowerCase() } : null;
}
