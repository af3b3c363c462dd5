// A button that takes files, dropped on it or chosen behind it. A real button, so Tab, Enter and a screen reader work without further help.
import { type ReactNode, useRef, useState } from 'react';

export interface DropButtonProps {
  /** Looks at `data-over` while files are held over it. */
  readonly className: string | undefined;
  /** As in an input's `accept`: `.csv,.geojson`. */
  readonly accept: string;
  readonly multiple?: boolean;
  readonly disabled?: boolean;
  readonly onFiles: (files: readonly File[]) => void;
  readonly testId: string;
  readonly inputTestId: string;
  readonly children: ReactNode;
}

export function DropButton(props: DropButtonProps) {
  const {
    className,
    accept,
    multiple = false,
    disabled = false,
    onFiles,
    testId,
    inputTestId,
    children,
  } = props;
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const take = (files: FileList | null) => {
    if (files !== null && files.length > 0 && !disabled) onFiles([...files]);
  };
  return (
    <>
      <button
        type="button"
        className={className}
        data-testid={testId}
        data-over={isOver}
        disabled={disabled}
        onClick={() => input.current?.click()}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer.files);
        }}
      >
        {children}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        multiple={multiple}
        accept={accept}
        data-testid={inputTestId}
        onChange={(event) => {
          take(event.target.files);
          // the same file may be chosen again, after it was mended outside
          event.target.value = '';
        }}
      />
    </>
  );
}
