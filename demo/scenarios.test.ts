import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { archiveOf } from './archive.ts';
import { eventsOf } from './director.ts';
import { secondsAt } from './pace.ts';
import { loadScenario } from './scenario.ts';
import { STEPS, WITHOUT_ISSUE } from './steps.ts';
import { loadTruth } from './truth.ts';

const root = fileURLToPath(new URL('./scenarios', import.meta.url));
const names = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

test('there are at least two scenarios', () => {
  expect(names.length).toBeGreaterThanOrEqual(2);
});

describe.each(names)('%s', (name) => {
  const folder = join(root, name);

  test('every text stands on a site, at the desk or in the field, inside the time', async () => {
    const { texts, sites, setting } = await loadScenario(folder);
    const known = new Set([...sites.map((site) => site.id), 'desk', 'field']);
    expect(texts.filter((text) => !known.has(text.site))).toEqual([]);
    expect(texts.filter((text) => text.at < setting.base || text.at > setting.end)).toEqual([]);
    expect([setting.base <= setting.watch, setting.watch < setting.end]).toEqual([true, true]);
  });

  test('floors have an opening post on the same site, boosts a post before them', async () => {
    const { texts, textsById } = await loadScenario(folder);
    const lost = texts.filter(
      (text) => text.thread !== null && (textsById.get(text.thread)?.site !== text.site || textsById.get(text.thread)?.thread !== null),
    );
    expect(lost.map((text) => text.id)).toEqual([]);
    const early = texts.filter((text) => text.boostOf !== null && (textsById.get(text.boostOf)?.at ?? Number.POSITIVE_INFINITY) >= text.at);
    expect(early.map((text) => text.id)).toEqual([]);
  });

  test('truth speaks of texts that exist', async () => {
    const { textsById } = await loadScenario(folder);
    const truth = await loadTruth(folder);
    const ids = [...truth.labels.keys(), ...truth.claims.keys(), ...truth.copies.flat()];
    expect(ids.filter((id) => !textsById.has(id))).toEqual([]);
    const labels = new Set(truth.labels.values());
    expect([truth.main, truth.small, ...truth.silent, ...truth.onset.keys()].filter((label) => label !== '' && !labels.has(label))).toEqual(
      [],
    );
    for (const [id] of truth.claims) expect(truth.labels.get(id), `text ${id} carries a claim of the main line`).toBe(truth.main);
  });

  test('what is planted stands in the texts as written', async () => {
    const { texts } = await loadScenario(folder);
    const truth = await loadTruth(folder);
    const all = texts.flatMap((text) => [text.title, text.body, ...text.edits.map((edit) => edit.body)]).join('\n');
    expect(
      Object.values(truth.planted)
        .flat()
        .filter((value) => !all.includes(value)),
    ).toEqual([]);
  });

  test('beats name people, offices and steps that exist, and what an earlier beat made', async () => {
    const { beats, setting, textsById } = await loadScenario(folder);
    const people = new Set(setting.people.map((person) => person.key));
    const offices = new Set(setting.offices.map((office) => office.id));
    const made = new Set<string>();
    for (const beat of beats) {
      const where = `${beat.do} at ${new Date(beat.at).toISOString()}`;
      expect(beat.who === '' || people.has(beat.who), `${where}: ${beat.who}`).toBe(true);
      expect(Object.hasOwn(STEPS, beat.do), where).toBe(true);
      expect(beat.issue !== null || WITHOUT_ISSUE.has(beat.do), `${where} needs an issue`).toBe(true);
      if (beat.issue?.text !== undefined) expect(textsById.has(beat.issue.text), where).toBe(true);
      if (beat.with.office !== undefined) expect(offices.has(String(beat.with.office)), where).toBe(true);
      if (beat.with.reviewer !== undefined) expect(people.has(String(beat.with.reviewer)), where).toBe(true);
      for (const key of ['task', 'claim', 'statement'])
        if (beat.with[key] !== undefined) expect(made.has(String(beat.with[key])), `${where}: ${key}`).toBe(true);
      if (beat.as !== null) made.add(beat.as);
      expect(beat.at >= setting.watch && beat.at <= setting.end, where).toBe(true);
    }
  });

  test('nobody reviews or signs their own statement', async () => {
    const { beats, setting } = await loadScenario(folder);
    const drafters = new Map(beats.filter((beat) => beat.do === 'draft').map((beat) => [beat.as, beat.who]));
    for (const beat of beats.filter((each) => each.do === 'review' || each.do === 'sign'))
      expect(drafters.get(String(beat.with.statement))).not.toBe(beat.who);
    for (const beat of beats.filter((each) => each.do === 'sign')) expect(setting.spokespersons).toContain(beat.who);
  });

  test('the office table can be saved: heads, duties, topics, oversight outside all offices', async () => {
    const { setting } = await loadScenario(folder);
    const people = new Map(setting.people.map((person) => [person.key, person]));
    const offices = new Map(setting.offices.map((office) => [office.id, office]));
    for (const office of setting.offices) {
      for (const key of [office.head, office.deputy])
        if (key !== undefined && key !== null) expect(people.get(key)?.officeId, `${office.id}: ${key}`).toBe(office.id);
      if (office.parentId !== null) expect(offices.has(office.parentId)).toBe(true);
    }
    const oversight = offices.get(setting.oversight);
    expect([oversight?.kind, oversight?.parentId]).toEqual(['oversight', null]);
    expect(setting.people.some((person) => person.officeId === setting.oversight)).toBe(true);
    const duties = new Set(setting.duties.map((duty) => duty.id));
    for (const [service, duty] of Object.entries(setting.services)) expect(duties.has(duty), service).toBe(true);
    for (const topic of setting.topics) {
      expect(duties.has(topic.duty), topic.name.en).toBe(true);
      expect(topic.purpose.askedBy).not.toBe(topic.purpose.approvedBy);
      expect([people.has(topic.purpose.askedBy), people.has(topic.purpose.approvedBy), offices.has(topic.purpose.officeId)]).toEqual([
        true,
        true,
        true,
      ]);
      expect(topic.purpose.days).toBeLessThanOrEqual(90);
    }
  });

  test('sources read sites that exist', async () => {
    const { setting, sites } = await loadScenario(folder);
    const known = new Set([...sites.map((site) => site.id), 'desk', 'field']);
    expect(setting.sources.filter((source) => !known.has(source.site))).toEqual([]);
    expect(sites.filter((site) => !setting.sources.some((source) => source.site === site.id))).toEqual([]);
  });

  test('events are in order, each text of desk and field once, and the archive holds the rest of it', async () => {
    const scenario = await loadScenario(folder);
    const events = eventsOf(scenario);
    expect(events.every((event, n) => n === 0 || event.at >= (events[n - 1]?.at ?? 0))).toBe(true);
    const sent = events.filter((event) => event.kind === 'sendIn').length;
    const own = scenario.texts.filter((text) => text.site === 'desk' || text.site === 'field');
    expect(sent + archiveOf(scenario, 'desk').length + archiveOf(scenario, 'field').length).toBe(own.length);
    expect(eventsOf(scenario)).toEqual(events);
  });

  test('the pace only goes forward', async () => {
    const { setting } = await loadScenario(folder);
    let last = -1;
    for (let at = setting.watch; at <= setting.end; at += 600_000) {
      const seconds = secondsAt(setting, at);
      expect(seconds).toBeGreaterThanOrEqual(last);
      last = seconds;
    }
  });
});

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(?:ts|tsx|css|html|json)$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/[\\/](?:dist|node_modules)[\\/]/.test(file));
}

test('no product file knows a name of any scenario', async () => {
  const proper = new Set<string>();
  for (const name of names) {
    const { setting } = await loadScenario(join(root, name));
    // Common words among the people's names ("office head") are no proper names; those are listed by the scenario itself.
    for (const word of setting.properNames) proper.add(word);
    for (const person of setting.people) if (person.name.includes(' ')) proper.add(person.name);
  }
  expect(proper.size).toBeGreaterThan(20);
  const found: string[] = [];
  for (const folder of ['src', 'web']) {
    for (const file of sourceFiles(fileURLToPath(new URL(`../${folder}`, import.meta.url)))) {
      const text = readFileSync(file, 'utf8');
      for (const word of proper) if (text.includes(word)) found.push(`${file}: ${word}`);
    }
  }
  expect(found).toEqual([]);
});

test('the demo speaks HTTP: of the product it imports types only', () => {
  const found = sourceFiles(fileURLToPath(new URL('.', import.meta.url)))
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/^import (?!type )[^;]*?from '[^']*\/src\/[^']*'/gm)].map(([line]) => `${file}: ${line}`),
    );
  expect(found).toEqual([]);
});
