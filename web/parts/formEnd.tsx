/** The end of a form: what was refused, save, and the way out. */
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Changing } from './changing.tsx';
import { Problem } from './states.tsx';
import { useWords } from './words.tsx';

export function FormEnd({
  changing,
  save,
  cancel,
  children,
}: {
  readonly changing: Changing;
  readonly save?: string;
  readonly cancel?: () => void;
  readonly children?: ReactNode;
}) {
  const { t } = useWords();
  return (
    <div className="form-wide">
      <Problem fault={changing.fault} />
      <div className="inline">
        <Button type="submit" loading={changing.busy}>
          {save ?? t('do.save')}
        </Button>
        {cancel !== undefined && (
          <Button variant="default" onClick={cancel}>
            {t('do.cancel')}
          </Button>
        )}
        {children}
      </div>
    </div>
  );
}
