/** The toast: what was done, and for thirty seconds the way back (`z`). Also the one polite live region, at most once in ten seconds. */
import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { change } from './api.ts';
import { useKeys } from './keys.ts';
import { useProblemWords } from './states.tsx';
import { useWords } from './words.tsx';

const UNDO_FOR = 30_000;
const SAY_FOR = 5_000;
const ANNOUNCE_EVERY = 10_000;

interface Toast {
  readonly text: string;
  readonly undoId: string | null;
}

interface Undo {
  readonly offer: (text: string, undoId: string) => void;
  readonly say: (text: string) => void;
  /** Read out politely to a screen reader, not shown; the latest text wins while one is waiting. */
  readonly announce: (text: string) => void;
}

const Context = createContext<Undo | null>(null);

export function useUndo(): Undo {
  const undo = useContext(Context);
  if (undo === null) throw new Error('useUndo outside UndoRoom');
  return undo;
}

function useAnnounced(): [string, (text: string) => void] {
  const [text, setText] = useState('');
  const last = useRef(-ANNOUNCE_EVERY);
  const waiting = useRef<string | null>(null);
  const announce = useCallback((next: string) => {
    const wait = last.current + ANNOUNCE_EVERY - performance.now();
    const isFirst = waiting.current === null;
    waiting.current = next;
    if (!isFirst) return;
    setTimeout(
      () => {
        last.current = performance.now();
        setText(waiting.current ?? '');
        waiting.current = null;
      },
      Math.max(0, wait),
    );
  }, []);
  return [text, announce];
}

export function UndoRoom({ children }: { readonly children: ReactNode }) {
  const { t } = useWords();
  const problemWords = useProblemWords();
  const queries = useQueryClient();
  const [toast, setToast] = useState<Toast | null>(null);
  const [announced, announce] = useAnnounced();
  useEffect(() => {
    if (toast === null) return;
    const timer = setTimeout(() => setToast(null), toast.undoId === null ? SAY_FOR : UNDO_FOR);
    return () => clearTimeout(timer);
  }, [toast]);
  const back = useCallback(async () => {
    if (toast === null || toast.undoId === null) return;
    try {
      await change('POST', `undo/${encodeURIComponent(toast.undoId)}`);
      setToast({ text: t('undo.done'), undoId: null });
    } catch (cause) {
      // Too late, or changed by someone else since: said in the same toast.
      setToast({ text: problemWords(cause), undoId: null });
    }
    void queries.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
  }, [toast, t, problemWords, queries]);
  useKeys({ z: () => void back() });
  const undo = useMemo<Undo>(
    () => ({ offer: (text, undoId) => setToast({ text, undoId }), say: (text) => setToast({ text, undoId: null }), announce }),
    [announce],
  );
  return (
    <Context.Provider value={undo}>
      {children}
      <div className="toast-place" role="status">
        {toast !== null && (
          <div className="toast">
            <span>{toast.text}</span>
            {toast.undoId !== null && (
              <button type="button" className="toast-undo" onClick={() => void back()}>
                {t('undo.do')} <kbd>z</kbd>
              </button>
            )}
            <button type="button" className="toast-close" aria-label={t('do.close')} onClick={() => setToast(null)}>
              ×
            </button>
          </div>
        )}
      </div>
      <div className="unseen" aria-live="polite">
        {announced}
      </div>
    </Context.Provider>
  );
}
