import { expect, test } from 'vitest';
import type { Document } from '../model/document.ts';
import en from '../text/lang/en.ts';
import zh from '../text/lang/zh.ts';
import { claimsOf } from './claim.ts';

function documentOf(id: string, text: string, who: string, more: Partial<Document> = {}): Document {
  return {
    id,
    sourceId: 'bbs',
    key: id,
    address: '',
    kind: 'post',
    title: '',
    text,
    language: 'zh',
    pseudonym: who as Document['pseudonym'],
    publishedAt: Number(id.slice(1)),
    seenAt: 0,
    version: 1,
    previousId: null,
    thread: null,
    place: null,
    section: null,
    sure: null,
    reach: 0,
    nImages: 0,
    fingerprint: { exact: '', minhash: '', nShingles: 0 },
    copyOf: null,
    copyHow: null,
    nRedactions: 0,
    marks: [],
    ...more,
  };
}
const DOCUMENTS = [
  documentOf('d1', '听说上游化工厂泄漏了。我觉得太离谱了！', 'a'),
  documentOf('d2', '听说上游的化工厂泄漏了，真的吗？', 'b'),
  documentOf('d3', '上游化工厂泄漏了，三个孩子送医院了。', 'c'),
  documentOf('d4', '三个孩子被送医院了。这水还能喝吗？', 'd'),
  documentOf('d5', '这水到底还能不能喝？', 'e'),
  documentOf('d6', '三个孩子送到医院了。', 'c'),
  documentOf('d7', '三个孩子送医院了。', 'f', { copyOf: 'd3', copyHow: 'near' }),
  documentOf('d8', 'Three children were taken to hospital. I think this is awful.', 'g', { language: 'en' }),
  documentOf('d9', 'Is the water safe to drink?', 'h', { language: 'en' }),
];
const drafts = claimsOf(DOCUMENTS, (document) => (document.language === 'en' ? en : zh));

test('nearly equal sentences are one claim, ranked by voices; copies and repeats add none', () => {
  const children = drafts.find((draft) => draft.kind === 'fact' && draft.text.includes('孩子'));
  expect(children).toMatchObject({ firstDocumentId: 'd3' });
  expect(children?.nVoices).toBe(2);
  expect(drafts.find((draft) => draft.text.includes('化工厂'))?.kind).toBe('fact');
});
test('a sentence of several facts is several claims, unless its parts depend on each other', () => {
  expect(claimsOf([documentOf('d1', '上游化工厂泄漏了，三个孩子送医院了。', 'a')], () => zh)).toHaveLength(2);
  expect(claimsOf([documentOf('d1', '因为化工厂泄漏了，三个孩子送医院了。', 'a')], () => zh)).toHaveLength(1);
});
test('questions are kept apart, and opinions are neither', () => {
  expect(drafts.filter((draft) => draft.kind === 'question').map((draft) => draft.text)).toContain('Is the water safe to drink?');
  expect(drafts.some((draft) => /觉得|I think/.test(draft.text))).toBe(false);
});
test('every draft is a sentence of one of its documents', () => {
  for (const draft of drafts)
    expect(DOCUMENTS.some((document) => draft.documentIds.includes(document.id) && document.text.includes(draft.text))).toBe(true);
});
