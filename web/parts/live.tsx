/** Server-sent events: what changed is read again, at most once a second; a lost connection is said after three seconds. */
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { domainTime } from './session.tsx';
import { useUndo } from './undo.tsx';
import { useWords } from './words.tsx';

/** Which readings an event makes old; `issue` stands for the issue lists, `one` for an open issue. */
const OLD: Readonly<Record<string, readonly string[]>> = {
  issue: ['issues', 'issue', 'today'],
  alert: ['issue', 'issues', 'today'],
  notice: ['issue', 'today'],
  task: ['issue', 'today'],
  case: ['issue', 'issues', 'today'],
  statement: ['issue', 'statement', 'today', 'published'],
  source: ['sources', 'today'],
  bulletin: ['bulletins', 'bulletin', 'today'],
  clock: ['issue', 'issues', 'today'],
  stream: ['stream', 'today'],
};
const PAUSE = 1_000;
const LOST_AFTER = 3_000;

class Gather {
  private readonly names = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | null = null;
  private readonly queries: QueryClient;
  constructor(queries: QueryClient) {
    this.queries = queries;
  }
  add(names: readonly string[]): void {
    for (const name of names) this.names.add(name);
    this.timer ??= setTimeout(() => this.flush(), PAUSE);
  }
  flush(): void {
    const names = new Set(this.names);
    this.names.clear();
    this.timer = null;
    void this.queries.invalidateQueries({ predicate: (query) => names.has(String(query.queryKey[0])) });
  }
  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
  }
}

/** True while the line to the server is down. */
export function useLive(): boolean {
  const queries = useQueryClient();
  const { announce } = useUndo();
  const { t } = useWords();
  const [isLost, setLost] = useState(false);
  useEffect(() => {
    const gather = new Gather(queries);
    const line = new EventSource('/api/live');
    let lost: ReturnType<typeof setTimeout> | null = null;
    line.addEventListener('change', (event) => {
      const { kind, id } = JSON.parse(String((event as MessageEvent).data)) as { kind: string; id: string };
      if (kind === 'time') domainTime.step(Number(id));
      else gather.add(OLD[kind] ?? []);
      if (kind === 'alert') announce(t('live.alert'));
    });
    line.addEventListener('open', () => {
      if (lost !== null) clearTimeout(lost);
      lost = null;
      setLost((was) => {
        if (was) void queries.invalidateQueries();
        return false;
      });
    });
    line.addEventListener('error', () => {
      lost ??= setTimeout(() => setLost(true), LOST_AFTER);
    });
    return () => {
      gather.stop();
      if (lost !== null) clearTimeout(lost);
      line.close();
    };
  }, [queries, announce, t]);
  return isLost;
}
