/** Choosing between the two languages; each is named in itself. */
import { NativeSelect } from '@mantine/core';
import type { Language } from './words.tsx';

export function LanguageField({
  label,
  value,
  set,
  disabled = false,
}: {
  readonly label: string;
  readonly value: Language;
  readonly set: (value: Language) => void;
  readonly disabled?: boolean;
}) {
  return (
    <NativeSelect
      label={label}
      disabled={disabled}
      value={value}
      onChange={(event) => set(event.target.value === 'en' ? 'en' : 'zh')}
      data={[
        { value: 'zh', label: '中文' },
        { value: 'en', label: 'English' },
      ]}
    />
  );
}
