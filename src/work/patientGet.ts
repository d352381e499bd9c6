/** For a person who waits at the form: each address is asked for once however many readers look at it, and a host's pace is waited out. */
import type { Io } from '../io.ts';
import { SECOND } from '../model/time.ts';
import type { Get, Got, NotGot } from '../ports.ts';

/** Waited for one address in all: a second between two requests is the rule, a slow host asks for more. */
const LONGEST = 6 * SECOND;

async function inTurn(io: Io, address: string, options: Parameters<Get>[1]): Promise<Got | NotGot> {
  let waited = 0;
  for (;;) {
    const got = await io.get(address, options);
    if (got.kind !== 'later' || got.because !== 'pace') return got;
    const span = Math.max(50, got.at - io.now());
    if (waited + span > LONGEST) return got;
    waited += span;
    await io.wait(span);
  }
}

/** Validators are left out: who tries a source wants to see what it has. */
export function patientGet(io: Io): Get {
  const asked = new Map<string, Promise<Got | NotGot>>();
  return (address, options) => {
    const { validators: _, ...plain } = options ?? {};
    const before = asked.get(address);
    if (before !== undefined) return before;
    const got = inTurn(io, address, plain);
    asked.set(address, got);
    return got;
  };
}
