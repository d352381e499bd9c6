import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { loadScenario } from './scenario.ts';
import { scoreCopies } from './score/copies.ts';
import { alertLines, firstAt, highestLevel, scoreIssues, scoreLabel } from './score/issueScore.ts';
import { findPlanted, maskedNames } from './score/planted.ts';
import type { ReadDocument, Reading } from './score/readAll.ts';
import { canonicalOf } from './score/canonical.ts';
import { startSites } from './sites.ts';
import { makeTextMatcher } from './textMatch.ts';
import { loadTruth, type Truth } from './truth.ts';

const folder = fileURLToPath(new URL('./scenarios/chengwan', import.meta.url));
const scenario = await loadScenario(folder);
const truth = await loadTruth(folder);

function document(textId: string | null, issueId: string | null, copyOf: string | null = null): ReadDocument {
  return { id: `d${textId ?? issueId}`, textId, issueId, copyOf, view: { text: scenario.textsById.get(textId ?? '')?.body ?? '' } };
}

function issue(id: string, more: Record<string, unknown> = {}): Reading['issues'][number] {
  return { id, row: { id, title: id, level: 'none', state: 'detected' }, page: { history: [], alerts: [], ...more } };
}

const of = (label: string): string[] => [...truth.labels].filter(([, each]) => each === label).map(([id]) => id);
const kept = of('A').filter((id) => scenario.textsById.get(id)?.gone === null);

test('everything of the main line in one issue is full recall and precision', () => {
  const reading = { documents: of('A').map((id) => document(id, 'I1')), issues: [issue('I1')], answers: [] };
  const score = scoreLabel('A', scoreIssues(reading, truth), truth, scenario);
  expect([score.recall, score.precision, score.nPieces]).toEqual([1, 1, 1]);
});

test('half of it beside as many strangers is half and half', () => {
  const half = kept.slice(0, 60);
  const noise = of('N2').slice(0, 50);
  const unknown = Array.from({ length: 10 }, (_, n) => ({ ...document(null, 'I1'), id: `u${n}` }));
  const reading = {
    documents: [...half.map((id) => document(id, 'I1')), ...noise.map((id) => document(id, 'I1')), ...unknown],
    issues: [issue('I1')],
    answers: [],
  };
  const score = scoreLabel('A', scoreIssues(reading, truth), truth, scenario);
  expect(score.precision).toBe(0.5);
  expect(score.recall).toBe(60 / kept.length);
});

test('an issue in two pieces counts the larger one', () => {
  const reading = {
    documents: [...kept.slice(0, 100).map((id) => document(id, 'I1')), ...kept.slice(100).map((id) => document(id, 'I2'))],
    issues: [issue('I1'), issue('I2')],
    answers: [],
  };
  const score = scoreLabel('A', scoreIssues(reading, truth), truth, scenario);
  expect([score.issueId, score.nPieces, score.recall]).toEqual(['I1', 2, 100 / kept.length]);
});

test('an alert on an issue that was joined away counts for where it went', () => {
  const alerts = [{ id: 'x', at: 500, level: 'yellow', rule: 'levelReached', officeIds: [] }];
  const reading = {
    documents: [document('1001', 'I1'), document('2049', 'I3')],
    issues: [issue('I1'), issue('I2', { mergedInto: 'I1', alerts }), issue('I3', { alerts: [{ ...alerts[0], at: 900 }] })],
    answers: [],
  };
  const issues = scoreIssues(reading, truth);
  expect(alertLines(issues).map((line) => line.label)).toEqual(['A', 'N2']);
  expect(firstAt('yellow', 'I1', issues)).toBe(500);
  expect(firstAt('orange', 'I1', issues)).toBeNull();
});

test('the highest level looks at the past too', () => {
  expect(
    highestLevel(
      issue('I1', {
        history: [
          { at: 1, level: 'yellow' },
          { at: 2, level: 'blue' },
        ],
      }),
    ),
  ).toBe('yellow');
});

const holding = (body: string): Reading => ({ documents: [], issues: [], answers: [{ path: '/x', body }] });
const [phone = ''] = truth.planted.phones;
const digits = phone.replace(/\D/g, '');

test.each([
  ['as written', `电话${phone}。`, 1],
  ['without spaces', `"${digits}"`, 1],
  ['full width', [...digits].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join(''), 1],
  ['with dots', [...digits].join('·'), 1],
  ['as part of a longer number', `1${digits}7`, 0],
  ['masked', '138 **** 0021', 0],
])('a planted telephone number %s', async (_, body, n) => {
  expect((await findPlanted(truth, holding(body), null)).length).toBe(n);
});

test('planted data is found in the bytes of a folder', async () => {
  const finds = await findPlanted(truth, holding(''), folder);
  expect(new Set(finds.map((find) => find.kind))).toEqual(new Set(['phones', 'ids', 'plates']));
});

test('a name counts as masked when no document shows it', () => {
  const shown = { ...holding(''), documents: [{ ...document('1006', null), view: { text: '来电人吴丽华' } }] };
  expect(maskedNames(truth, shown).shown).toEqual(['吴丽华']);
  expect(maskedNames(truth, holding('')).shown).toEqual([]);
});

test('copies are found through each other, and wrong ones are told', () => {
  const small: Truth = { ...truth, copies: [['1051', '1054', '1059']] };
  const documents = [
    document('1051', null),
    document('1054', null, 'd1051'),
    document('1059', null, 'd1054'),
    document('2049', null, 'd1051'),
  ];
  const score = scoreCopies(small, { documents, issues: [], answers: [] }, scenario);
  expect([score.nFound, score.wrong]).toEqual([1, [['2049', '1051']]]);
  const half = scoreCopies(small, { documents: documents.slice(0, 2), issues: [], answers: [] }, scenario);
  expect(half.nFound).toBe(0);
});

test('two readings in another order have one digest, another level has another', () => {
  const make = (level: string, order: 1 | -1): string => {
    const reading = {
      documents: [document('1001', 'I1'), document('1002', 'I1'), document('2001', 'I2')].sort((a, b) => order * a.id.localeCompare(b.id)),
      issues: [issue('I1', { history: [{ at: 1, level }] }), issue('I2')].sort((a, b) => order * a.id.localeCompare(b.id)),
      answers: [],
    };
    return canonicalOf(scoreIssues(reading, truth), reading).sha256;
  };
  expect(make('yellow', 1)).toBe(make('yellow', -1));
  expect(make('yellow', 1)).not.toBe(make('orange', 1));
});

test('every text of the scenario is told from its address and words, cut and masked', async () => {
  const sites = await startSites(scenario, { now: () => scenario.setting.end, basePort: 0 });
  try {
    const matcher = makeTextMatcher(scenario, sites);
    const wrong: string[] = [];
    for (const text of scenario.texts) {
      const told = text.boostOf === null ? text : (scenario.textsById.get(text.boostOf) ?? text);
      const words = `${told.body} ${told.tags.map((tag) => `#${tag}`).join(' ')}`.replace(/\d{3,}/g, '▮');
      const seen = {
        site: text.site,
        address: sites.pageOf(text.boostOf ?? text.id) ?? '',
        title: told.title,
        text: words,
        publishedAt: text.at,
      };
      if (matcher.textOf(seen) !== text.id) wrong.push(text.id);
    }
    expect(wrong).toEqual([]);
  } finally {
    await sites.close();
  }
});
