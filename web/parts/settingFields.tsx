/** Form fields drawn from what a collector or notifier says about its settings. */
import { Checkbox, NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import type { Json, Words } from '../../src/model/words.ts';
import { useWords } from './words.tsx';

export interface SettingField {
  readonly name: string;
  readonly label: Words;
  readonly help?: Words;
  readonly type: 'text' | 'number' | 'boolean' | 'choice' | 'secret' | 'address';
  readonly choices?: readonly string[];
  readonly required?: boolean;
  readonly default?: string | number | boolean;
}

/** What is not a field's shape is left out: the server may know more than this desk. */
export function fieldsOf(settings: readonly Json[]): readonly SettingField[] {
  return settings.filter(
    (one): one is Json & SettingField => typeof one === 'object' && one !== null && !Array.isArray(one) && 'name' in one && 'label' in one,
  ) as unknown as readonly SettingField[];
}

export type Settings = Readonly<Record<string, string | number | boolean>>;

export function defaultsOf(fields: readonly SettingField[]): Settings {
  return Object.fromEntries(fields.flatMap((field) => (field.default === undefined ? [] : [[field.name, field.default]])));
}

function Field({
  field,
  value,
  set,
}: {
  readonly field: SettingField;
  readonly value: string | number | boolean | undefined;
  readonly set: (value: string | number | boolean) => void;
}) {
  const { w } = useWords();
  const common = {
    label: w(field.label),
    required: field.required === true,
    ...(field.help === undefined ? {} : { description: w(field.help) }),
  };
  if (field.type === 'boolean')
    return <Checkbox label={common.label} checked={value === true} onChange={(event) => set(event.currentTarget.checked)} />;
  const text = value === undefined ? '' : String(value);
  if (field.type === 'choice')
    return (
      <NativeSelect
        {...common}
        value={text}
        onChange={(event) => set(event.target.value)}
        data={[...(field.required ? [] : ['']), ...(field.choices ?? [])]}
      />
    );
  if (field.type === 'secret')
    return <PasswordInput {...common} autoComplete="off" value={text} onChange={(event) => set(event.target.value)} />;
  return (
    <TextInput
      {...common}
      inputMode={field.type === 'number' ? 'numeric' : field.type === 'address' ? 'url' : 'text'}
      value={text}
      onChange={(event) => set(field.type === 'number' ? Number(event.target.value.replace(/[^\d.]/gu, '')) : event.target.value)}
    />
  );
}

export function SettingFields({
  fields,
  values,
  set,
}: {
  readonly fields: readonly SettingField[];
  readonly values: Settings;
  readonly set: (values: Settings) => void;
}) {
  return (
    <>
      {fields.map((field) => (
        <Field key={field.name} field={field} value={values[field.name]} set={(value) => set({ ...values, [field.name]: value })} />
      ))}
    </>
  );
}
