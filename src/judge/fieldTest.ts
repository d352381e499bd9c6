/** Conditions on anything but words: source, kind, place, time and so on. */
import { LEVELS } from '../model/assessment.ts';
import { DAY, type Instant, MINUTE } from '../model/time.ts';
import { fold } from '../text/fold.ts';
import type { PreparedDocument } from './preparedText.ts';
import type { QueryField, QueryNode } from './queryTree.ts';

type DocumentTest = (document: PreparedDocument) => boolean;

/** Start of the day or minute written, in the zone told. */
function instantOf(text: string, zoneMinutes: number): Instant {
  const full = text.includes('T') ? `${text}:00Z` : `${text}T00:00:00Z`;
  return Date.parse(full) - zoneMinutes * MINUTE;
}

/** The first instant after what is written: the next day, or the next minute. */
function endOf(text: string, zoneMinutes: number): Instant {
  return instantOf(text, zoneMinutes) + (text.includes('T') ? MINUTE : DAY);
}

function hostOf(address: string): string {
  return /^[a-z]+:\/\/(?:[^/?#@]*@)?([^/?#:]+)/i.exec(address)?.[1]?.toLowerCase() ?? '';
}

/** What the document offers for a field; empty when it has nothing. */
function valuesOf(field: QueryField, { document, facets }: PreparedDocument): readonly string[] {
  switch (field) {
    case 'source':
      return [document.sourceId, ...(facets.source ?? [])];
    case 'site':
      return [hostOf(document.address)];
    case 'kind':
      return [document.kind];
    case 'lang':
      return [document.language];
    case 'place':
      return document.place === null ? [] : [document.place];
    case 'org':
      return facets.org ?? [];
    case 'topic':
      return facets.topic ?? [];
    case 'issue':
      return facets.issue ?? [];
    case 'level':
      return facets.level === undefined ? [] : [facets.level];
    case 'status':
      return facets.status === undefined ? [] : [facets.status];
    default:
      return [];
  }
}

function hasIt(what: string, { document }: PreparedDocument): boolean {
  if (what === 'image') return document.nImages > 0;
  if (what === 'place') return document.place !== null;
  if (what === 'copy') return document.copyOf !== null;
  return document.reach > 0;
}

/** Places and names match in part; a site also by its parent domains; everything else whole. */
function fits(field: QueryField, value: string, wanted: string, isPrefix: boolean): boolean {
  if (isPrefix) return value.startsWith(wanted);
  if (field === 'place' || field === 'org') return value.includes(wanted);
  if (field === 'site') return value === wanted || value.endsWith(`.${wanted}`);
  return value === wanted;
}

function valueTest(field: QueryField, node: QueryNode): DocumentTest {
  if (node.kind === 'all' || node.kind === 'any') {
    const tests = node.of.map((part) => valueTest(field, part));
    return node.kind === 'all' ? (document) => tests.every((test) => test(document)) : (document) => tests.some((test) => test(document));
  }
  if (node.kind === 'not') {
    const test = valueTest(field, node.of);
    return (document) => !test(document);
  }
  if (node.kind !== 'word' && node.kind !== 'phrase') throw new Error(`a ${node.kind} is no value of ${field}`);
  const isPrefix = node.kind === 'word' && node.prefix;
  const wanted = fold(node.text);
  switch (field) {
    case 'after':
      return ({ document, facets }) => document.publishedAt >= instantOf(node.text, facets.zoneMinutes ?? 0);
    case 'before':
      return ({ document, facets }) => document.publishedAt < instantOf(node.text, facets.zoneMinutes ?? 0);
    case 'date':
      return ({ document, facets }) => isBetween(document.publishedAt, node.text, node.text, facets.zoneMinutes ?? 0);
    case 'has':
      return (document) => hasIt(wanted, document);
    default:
      return (document) => valuesOf(field, document).some((value) => fits(field, fold(value), wanted, isPrefix));
  }
}

/** Both ends belong to it. */
function isBetween(at: Instant, from: string, to: string, zoneMinutes: number): boolean {
  return at >= instantOf(from, zoneMinutes) && at < endOf(to, zoneMinutes);
}

export function fieldTest(node: Extract<QueryNode, { kind: 'field' | 'range' }>): DocumentTest {
  if (node.kind === 'field') return valueTest(node.field, node.of);
  if (node.field === 'date') return ({ document, facets }) => isBetween(document.publishedAt, node.from, node.to, facets.zoneMinutes ?? 0);
  const rank = (level: string): number => LEVELS.findIndex((one) => one === level);
  return ({ facets }) => facets.level !== undefined && rank(facets.level) >= rank(node.from) && rank(facets.level) <= rank(node.to);
}
