/** The frame of every public page: the body's name, four links, the other language. No script, nothing from elsewhere. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Body } from '../../model/office.ts';
import type { Words } from '../../model/words.ts';
import { sayIn } from '../../text/say.ts';
import type { Door } from '../door.ts';
import { html, type Language, type Markup } from './markup.ts';
import { PAGE_WORDS, type PageWord } from './words.ts';

export interface Scene {
  readonly language: Language;
  readonly body: Body | null;
  readonly zone: string;
  readonly isDemo: boolean;
  /** Path and query without `lang`. */
  readonly path: string;
  readonly t: (key: PageWord, values?: Readonly<Record<string, string | number>>) => string;
  readonly w: (words: Words) => string;
}

/** `?lang=` first, then what the browser asks for, then the body's own language. */
function languageOf(request: FastifyRequest, body: Body | null): Language {
  const { lang } = (request.query ?? {}) as { readonly lang?: unknown };
  if (lang === 'zh' || lang === 'en') return lang;
  const asked = (request.headers['accept-language'] ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', weight] = part.trim().toLowerCase().split(';q=');
      return { tag, weight: weight === undefined ? 1 : Number(weight) };
    })
    .sort((a, b) => b.weight - a.weight)
    .find(({ tag }) => tag.startsWith('zh') || tag.startsWith('en'));
  if (asked !== undefined) return asked.tag.startsWith('zh') ? 'zh' : 'en';
  return body?.language ?? 'zh';
}

export async function sceneOf(door: Door, request: FastifyRequest): Promise<Scene> {
  const body = (await door.io.store.get('body', 'body')) ?? null;
  const language = languageOf(request, body);
  const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
    text.replace(/\{(\w+)\}/gu, (_, name: string) => String(values[name] ?? ''));
  return {
    language,
    body,
    zone: body?.calendar.zone ?? 'UTC',
    isDemo: door.io.demo,
    path: request.url.split('?')[0] ?? '/',
    t: (key, values = {}) => fill(PAGE_WORDS[key][language], values),
    w: (words) => words[language] || words.zh || words.en,
  };
}

/** Keeps the chosen language from page to page. */
export function link(scene: Scene, path: string): string {
  return `${path}?lang=${scene.language}`;
}

export interface PageParts {
  readonly title: string;
  readonly main: Markup;
  readonly head?: Markup;
  /** Not for search engines: pages of one person's link or receipt. */
  readonly hidden?: boolean;
  /** A page without the links of the site: what a one-time link opens. */
  readonly bare?: boolean;
}

function demoMark(scene: Scene): Markup | null {
  if (!scene.isDemo) return null;
  const said = sayIn(scene.language)('public.demo');
  return html`<p class="demo" role="note">${said === 'DEMO' ? said : `DEMO · ${said}`}</p>`;
}

function top(scene: Scene, isBare: boolean): Markup {
  const say = sayIn(scene.language);
  const name = scene.body === null ? 'Heed 闻应' : scene.w(scene.body.name);
  const other = scene.language === 'zh' ? 'en' : 'zh';
  const links = isBare
    ? null
    : html`<a href="${link(scene, '/answers')}">${scene.t('answers')}</a><a href="${link(scene, '/report')}">${say('public.raise')}</a><a href="${link(scene, '/receipt')}">${scene.t('receiptTitle')}</a><a href="${link(scene, '/about')}">${say('public.about')}</a>`;
  const language = html`<a href="${scene.path}?lang=${other}" hreflang="${other === 'zh' ? 'zh-Hans' : 'en'}" lang="${other === 'zh' ? 'zh-Hans' : 'en'}">${other === 'zh' ? '中文' : 'English'}</a>`;
  return html`<header>${demoMark(scene)}<div class="top"><div class="frame"><strong>${name}</strong><nav aria-label="${scene.t('answers')}">${links}${language}</nav></div></div></header>`;
}

export function page(scene: Scene, parts: PageParts): string {
  const lang = scene.language === 'zh' ? 'zh-Hans' : 'en';
  const name = scene.body === null ? 'Heed 闻应' : scene.w(scene.body.name);
  const robots = parts.hidden === true ? html`<meta name="robots" content="noindex, nofollow">` : null;
  const feed =
    parts.bare === true
      ? null
      : html`<link rel="alternate" type="application/atom+xml" href="/answers.atom" title="${scene.t('answers')}">`;
  return html`<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${parts.title} · ${name}</title><link rel="stylesheet" href="/public.css"><link rel="icon" type="image/svg+xml" href="/mark.svg">${feed}${robots}${parts.head ?? null}</head>
<body><a class="skip" href="#main">${scene.t('skip')}</a>${top(scene, parts.bare === true)}
<main id="main" class="frame">${parts.main}
<footer>${name} · Heed 闻应${scene.isDemo ? ' · DEMO' : ''}</footer></main></body></html>
`.text;
}

export function sendPage(reply: FastifyReply, scene: Scene, parts: PageParts, status = 200): FastifyReply {
  if (parts.hidden === true) reply.header('x-robots-tag', 'noindex, nofollow');
  else reply.header('cache-control', 'no-cache');
  reply.header('vary', 'accept-language');
  return reply.code(status).type('text/html; charset=utf-8').send(page(scene, parts));
}

/** A refusal as a page, with the way back. */
export function sendRefused(reply: FastifyReply, scene: Scene, sentence: Words, back: string, status: number): FastifyReply {
  const main = html`<h1>${scene.t('problem')}</h1><p class="lead" role="alert">${scene.w(sentence)}</p><p><a href="${link(scene, back)}">${scene.t('back')}</a></p>`;
  return sendPage(reply, scene, { title: scene.t('problem'), main, hidden: true }, status);
}
