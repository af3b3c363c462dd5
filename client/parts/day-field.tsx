// A day to choose, in the language of the page: in and out as yyyy-mm-dd, the way the API speaks, so that no screen handles date objects.
import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';

const format = 'YYYY-MM-DD';

export interface DayFieldProps {
  readonly id?: string;
  readonly label: string;
  /** yyyy-mm-dd or null. */
  readonly value: string | null;
  readonly onChange: (day: string | null) => void;
  readonly placeholder?: string;
  /** First and last day that can be chosen, yyyy-mm-dd. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly disabled?: boolean;
  readonly status?: 'error' | '';
  readonly testId?: string;
}

export function DayField(props: DayFieldProps) {
  const { id, label, value, onChange, placeholder, from, to, disabled, status = '', testId } = props;
  return (
    <DatePicker
      {...(id !== undefined && { id })}
      aria-label={label}
      value={value === null ? null : dayjs(value, format)}
      format={format}
      {...(placeholder !== undefined && { placeholder })}
      {...(from !== undefined && { minDate: dayjs(from, format) })}
      {...(to !== undefined && { maxDate: dayjs(to, format) })}
      disabled={disabled === true}
      status={status}
      style={{ width: '100%' }}
      onChange={(day) => onChange(day === null ? null : day.format(format))}
      data-testid={testId}
    />
  );
}
