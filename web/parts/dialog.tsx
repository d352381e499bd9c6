/** A dialog with its name and a way out. The component library's own head would be a second banner of the page. */
import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from './words.tsx';

export function Dialog({
  title,
  opened,
  close,
  size = 'md',
  children,
}: {
  readonly title: string;
  readonly opened: boolean;
  readonly close: () => void;
  readonly size?: 'md' | 'lg';
  readonly children: ReactNode;
}) {
  const { t } = useWords();
  return (
    <Modal.Root opened={opened} onClose={close} size={size} lockScroll={false} transitionProps={{ duration: 0 }}>
      <Modal.Overlay />
      <Modal.Content>
        <div className="dialog-head">
          <Modal.Title>{title}</Modal.Title>
          <Modal.CloseButton aria-label={t('do.close')} />
        </div>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
