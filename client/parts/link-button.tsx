// A way to another screen that looks like a button: one element and so one stop of Tab, and a link to everybody who reads or opens it.
import { Button, type ButtonProps } from 'antd';
import { useHref, useLinkClickHandler } from 'react-router';

export interface LinkButtonProps extends Omit<ButtonProps, 'href' | 'htmlType'> {
  readonly to: string;
  readonly 'data-testid'?: string;
}

export function LinkButton({ to, onClick, ...button }: LinkButtonProps) {
  const href = useHref(to);
  const go = useLinkClickHandler<HTMLElement>(to);
  return (
    <Button
      {...button}
      href={href}
      onClick={(event) => {
        onClick?.(event);
        if (!event.defaultPrevented) go(event);
      }}
    />
  );
}
