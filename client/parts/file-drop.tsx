// One file, dropped or chosen. A real button, so Tab, Enter and a screen reader work without further help.
import { InboxOutlined } from '@ant-design/icons';
import { useRef, useState } from 'react';
import styles from './parts.module.css';

export interface FileDropProps {
  /** What to do, shown while there is no file. */
  readonly title: string;
  readonly note: string;
  /** Name and size of the file that is in, or null. */
  readonly chosen: { readonly name: string; readonly size: string } | null;
  /** As in an input's `accept`: `.csv,.geojson`. */
  readonly accept: string;
  readonly disabled?: boolean;
  readonly onFile: (file: File) => void;
}

export function FileDrop({ title, note, chosen, accept, disabled = false, onFile }: FileDropProps) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file && !disabled) onFile(file);
  };
  return (
    <>
      <button
        type="button"
        className={styles.drop}
        data-testid="file-drop"
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
        <InboxOutlined style={{ fontSize: 28, color: '#1456b8' }} aria-hidden />
        <strong>{chosen ? chosen.name : title}</strong>
        <small>{chosen ? `${chosen.size} · ${note}` : note}</small>
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept={accept}
        data-testid="file-input"
        onChange={(event) => {
          take(event.target.files);
          // The same file may be chosen again after it was mended outside.
          event.target.value = '';
        }}
      />
    </>
  );
}
