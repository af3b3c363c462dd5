// One number with its label and what is wrong with it below: shares in percent, money in 万元, metres and counts as they are.
import { InputNumber } from 'antd';

interface Unit {
  /** From what the contract keeps to what a person types, and back. */
  readonly toShown: (kept: number) => number;
  readonly toKept: (shown: number) => number;
  readonly digits: number;
  readonly min: number;
  readonly max: number;
}

const plain = {
  toShown: (kept: number) => kept,
  toKept: (shown: number) => Math.round(shown),
  digits: 0,
  min: 0,
};

const units = {
  share: {
    toShown: (kept) => Math.round(kept * 1000) / 10,
    toKept: (shown) => Math.round(shown * 10) / 1000,
    digits: 1,
    min: 1,
    max: 100,
  },
  wan: {
    toShown: (kept) => kept / 10_000,
    toKept: (shown) => Math.round(shown * 10_000),
    digits: 1,
    min: 0,
    max: 100_000_000,
  },
  /** What is added to a price, or taken off. */
  extraWan: {
    toShown: (kept) => kept / 10_000,
    toKept: (shown) => Math.round(shown * 10_000),
    digits: 2,
    min: -100_000,
    max: 100_000,
  },
  /** Kept as it is typed. */
  percent: { ...plain, toShown: (kept) => kept, toKept: (shown) => shown, digits: 1, max: 100 },
  sites: { ...plain, max: 1_000_000 },
  metres: { ...plain, max: 50_000 },
} as const satisfies Record<string, Unit>;

export interface NumberFieldProps {
  readonly id: string;
  readonly label: string;
  readonly unit: keyof typeof units;
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
  readonly placeholder?: string;
  readonly problem?: string | undefined;
  /** The field only turns red; its sentence stands elsewhere, where there is more room. */
  readonly problemElsewhere?: boolean;
}

export function NumberField(props: NumberFieldProps) {
  const { id, label, value, onChange, placeholder = '', problem, problemElsewhere = false } = props;
  const { toShown, toKept, digits, min, max }: Unit = units[props.unit];
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <InputNumber
        id={id}
        size="small"
        min={min}
        max={max}
        precision={digits}
        value={value === null ? null : toShown(value)}
        placeholder={placeholder}
        status={problem === undefined ? '' : 'error'}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : `${id}-problem`}
        onChange={(typed) => onChange(typed === null ? null : toKept(typed))}
        data-testid={id}
      />
      {problemElsewhere ? null : <FieldProblem id={id} problem={problem} />}
    </div>
  );
}

export function FieldProblem({ id, problem }: { readonly id: string; readonly problem: string | undefined }) {
  if (problem === undefined) return null;
  return (
    <small className="field-problem" id={`${id}-problem`} role="alert">
      {problem}
    </small>
  );
}
