// One file, dropped or chosen, and which one is in.
import { InboxOutlined } from '@ant-design/icons';
import { DropButton } from './drop-button.tsx';
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
  return (
    <DropButton
      className={styles.drop}
      accept={accept}
      disabled={disabled}
      onFiles={([file]) => file !== undefined && onFile(file)}
      testId="file-drop"
      inputTestId="file-input"
    >
      <InboxOutlined style={{ fontSize: 28, color: '#1456b8' }} aria-hidden />
      <strong>{chosen ? chosen.name : title}</strong>
      <small>{chosen ? `${chosen.size} · ${note}` : note}</small>
    </DropButton>
  );
}
