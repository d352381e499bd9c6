/** Options of a command: `--name value`, `--name=value`, `--flag`; everything else in order. */
export interface Options {
  readonly rest: readonly string[];
  readonly get: (name: string) => string | undefined;
  readonly has: (name: string) => boolean;
}

/** `flags` take no value. An option nobody knows is refused by name. */
export function optionsOf(args: readonly string[], known: readonly string[], flags: readonly string[] = []): Options {
  const rest: string[] = [];
  const values = new Map<string, string>();
  for (let i = 0; i < args.length; i++) {
    const [, name, value] = /^--([a-z-]+)(?:=(.*))?$/s.exec(args[i]!) ?? [];
    if (name === undefined) rest.push(args[i]!);
    else if (flags.includes(name)) values.set(name, 'yes');
    else if (known.includes(name)) values.set(name, value ?? args[++i] ?? '');
    else throw new Error(`--${name} is not an option here; known: ${[...known, ...flags].map((one) => `--${one}`).join(' ')}`);
  }
  return { rest, get: (name) => values.get(name), has: (name) => values.has(name) };
}
