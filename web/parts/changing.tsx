/** Changing something: one way to send it, to show that it was refused, and to take it back. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Undoable } from '../../src/model/desk.ts';
import { change, type Verb } from './api.ts';
import { useUndo } from './undo.tsx';

export interface Changing {
  /** Resolves to null where it was refused; the refusal then stands in `fault`. */
  readonly run: <T>(verb: Verb, path: string, body?: unknown, done?: string) => Promise<T | null>;
  readonly busy: boolean;
  readonly fault: unknown;
  readonly clear: () => void;
}

/** `done` is the sentence of the toast; with an undo in the answer, the toast offers it. */
export function useChanging(): Changing {
  const queries = useQueryClient();
  const { offer, say } = useUndo();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  return {
    busy,
    fault,
    clear: () => setFault(null),
    run: async <T,>(verb: Verb, path: string, body: unknown = {}, done?: string) => {
      setBusy(true);
      setFault(null);
      try {
        const answer = await change<T>(verb, path, body);
        const back = answer as Partial<Undoable> | null;
        if (done !== undefined) {
          if (typeof back?.undoId === 'string') offer(done, back.undoId);
          else say(done);
        }
        // Names of the body, its offices, people, topics and sources come with the session.
        const isNaming = /^(admin|topics|sources)\b/u.test(path);
        void queries.invalidateQueries({ predicate: (query) => isNaming || query.queryKey[0] !== 'session' });
        return answer;
      } catch (cause) {
        // Shown beside the form that sent it; the form keeps what was typed.
        setFault(cause);
        return null;
      } finally {
        setBusy(false);
      }
    },
  };
}
