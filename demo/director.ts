/**
 * Plays a scenario: sets the office up, imports the ordinary week, then walks the domain clock from event to event. Between two events
 * Heed does all that is due; at an event the scripted people act. The order is the scenario's alone: no chance and no real time decide.
 */
import type { Instant } from '../src/model/time.ts';
import type { Words } from '../src/model/words.ts';
import { type Actors, makeActors, type StepResult } from './actors.ts';
import { type Imported, importArchive } from './archive.ts';
import { makePace, type Pace, secondsAt } from './pace.ts';
import type { Beat, Scenario, Text } from './scenarioShape.ts';
import { type Office, setUpOffice } from './setUp.ts';
import type { Sites } from './sites.ts';
import type { Stubs } from './stubs.ts';
import { makeTextMatcher } from './textMatch.ts';

/** The domain clock, in the hands of main. */
export interface Control {
  now(): Instant;
  /** Runs everything due up to `t`; resolves when all is done. */
  stepTo(t: Instant): Promise<void>;
}

export interface DemoOptions {
  /** Heed's base address. */
  readonly address: string;
  readonly control: Control;
  readonly scenario: Scenario;
  readonly sites: Sites;
  readonly stubs: Stubs;
  /** 1: the story in about a minute; Infinity: no waiting. */
  readonly speed: number;
  readonly seed: number;
  readonly setupCode: string;
  readonly log: (line: string) => void;
  readonly signal?: AbortSignal;
}

export interface DemoResult {
  readonly office: Office;
  readonly imported: readonly Imported[];
  readonly steps: readonly StepResult[];
}

export interface DemoView {
  readonly speed: number;
  readonly paused: boolean;
  readonly now: Instant;
  readonly story: readonly { readonly at: Instant; readonly text: Words }[];
  readonly done: boolean;
}

export interface Demo {
  run(): Promise<DemoResult>;
  view(): DemoView;
  change(to: { readonly paused?: boolean; readonly speed?: number }): void;
}

type Event =
  | { readonly at: Instant; readonly kind: 'tick' }
  | { readonly at: Instant; readonly kind: 'sendIn' | 'takeBack'; readonly text: Text }
  | { readonly at: Instant; readonly kind: 'beat'; readonly beat: Beat };

/** Domain time between two looks at the messages; also what makes the story move smoothly. */
const GRID = 5 * 60_000;

const ORDER = { tick: 0, sendIn: 1, takeBack: 2, beat: 3 } as const;

/** All that happens from `watch` to `end`, in order. At one time texts come before the people who act on them. */
export function eventsOf(scenario: Scenario): Event[] {
  const { watch, end } = scenario.setting;
  const events: Event[] = [];
  for (let at = watch; at <= end; at += GRID) events.push({ at, kind: 'tick' });
  for (const text of scenario.texts) {
    if (scenario.sites.some((site) => site.id === text.site) || text.at < watch || text.at > end) continue;
    events.push({ at: text.at, kind: 'sendIn', text });
    if (text.gone !== null && text.gone <= end) events.push({ at: text.gone, kind: 'takeBack', text });
  }
  for (const beat of scenario.beats) if (beat.at >= watch && beat.at <= end) events.push({ at: beat.at, kind: 'beat', beat });
  // Sorting keeps the order of equal events: beats as written, texts by id.
  return events.sort((a, b) => a.at - b.at || ORDER[a.kind] - ORDER[b.kind]);
}

interface Waiting {
  readonly due: Instant;
  readonly n: number;
  readonly who: string;
}

interface Play {
  readonly options: DemoOptions;
  readonly actors: Actors;
  readonly pace: Pace;
  readonly story: DemoView['story'][number][];
  /** Messages somebody is going to answer. */
  waiting: Waiting[];
  nSeen: number;
}

/** Messages that came since the last look are taken up by those who watch their channel. */
function lookAtMessages(play: Play): void {
  const { messages } = play.options.stubs;
  for (; play.nSeen < messages.length; play.nSeen++) {
    const message = messages[play.nSeen];
    if (message === undefined || !message.links.some((link) => link.includes('/ack/'))) continue;
    for (const { who, channel, minutes } of play.options.scenario.setting.answering) {
      if (channel === message.channel) play.waiting.push({ due: message.at + minutes * 60_000, n: play.nSeen, who });
    }
  }
}

async function answerMessages(play: Play, now: Instant): Promise<void> {
  lookAtMessages(play);
  const due = play.waiting.filter((each) => each.due <= now);
  play.waiting = play.waiting.filter((each) => each.due > now);
  for (const { n, who } of due) {
    const message = play.options.stubs.messages[n];
    if (message !== undefined) await play.actors.answer(message, who);
  }
}

async function happen(play: Play, event: Event): Promise<void> {
  if (event.kind === 'sendIn') await play.actors.sendIn(event.text);
  else if (event.kind === 'takeBack') await play.actors.takeBack(event.text);
  else if (event.kind === 'beat') {
    const { say } = event.beat;
    if (say !== null) play.story.push({ at: event.at, text: say });
    await play.actors.act(event.beat);
  }
}

async function walk(play: Play): Promise<void> {
  const { control, scenario } = play.options;
  for (const event of eventsOf(scenario)) {
    if (!(await play.pace.wait(event.at))) return;
    if (event.at > control.now()) await control.stepTo(event.at);
    await answerMessages(play, event.at);
    await happen(play, event);
  }
  await control.stepTo(scenario.setting.end);
}

export function makeDemo(options: DemoOptions): Demo {
  const { scenario, sites, stubs, control, log } = options;
  const story: DemoView['story'][number][] = [];
  let done = false;
  const pace = makePace({
    speed: options.speed,
    secondsAt: (at) => secondsAt(scenario.setting, at),
    realNow: () => performance.now(),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  return {
    view: () => ({ ...pace.view(), now: control.now(), story, done }),
    change: pace.change,
    async run() {
      const office = await setUpOffice({ ...options, now: control.now });
      const imported = await importArchive(office, scenario, sites, log);
      await control.stepTo(control.now());
      const siteOf = new Map([...office.sourceIds].map(([site, id]) => [id, site]));
      const finder = { scenario, matcher: makeTextMatcher(scenario, sites), siteOf };
      const actors = makeActors({ scenario, office, stubs, finder, now: control.now, log });
      await walk({ options, actors, pace, story, waiting: [], nSeen: 0 });
      done = true;
      return { office, imported, steps: actors.results };
    },
  };
}

export function runDemo(options: DemoOptions): Promise<DemoResult> {
  return makeDemo(options).run();
}
