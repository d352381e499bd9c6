/** /receipt, /report and the pages of one-time links. Codes travel in the body of a form, never in an address. */
import type { Duty } from '../../model/office.ts';
import { LEVELS, type Level } from '../../model/assessment.ts';
import type { Receipt } from '../../model/case.ts';
import type { Instant } from '../../model/time.ts';
import type { Words } from '../../model/words.ts';
import { sayIn } from '../../text/say.ts';
import { html, type Markup, paragraphs, when } from './markup.ts';
import { link, type PageParts, type Scene } from './page.ts';

/** As `work/receive.ts` gives it. */
export interface ReceiptShown {
  readonly sentence: Words;
  readonly late: Words | null;
  readonly office: Words | null;
  readonly dueAt: Instant | null;
  readonly issueId: string | null;
  readonly answerId: string | null;
  readonly messages: Receipt['messages'];
  readonly canReopen: boolean;
  readonly canWithdraw: boolean;
}

export function receiptForm(scene: Scene): PageParts {
  const say = sayIn(scene.language);
  const form = html`<form method="post" action="${link(scene, '/receipt')}"><label for="code">${say('public.receiptCode')}</label><input class="code" id="code" name="code" autocomplete="off" autocapitalize="characters" spellcheck="false" required maxlength="60"><button>${say('public.lookUp')}</button></form>`;
  return { title: scene.t('receiptTitle'), main: html`<h1>${scene.t('receiptTitle')}</h1><p>${scene.t('receiptAbout')}</p>${form}` };
}

function withCode(scene: Scene, action: string, code: string, inner: Markup): Markup {
  return html`<form method="post" action="${link(scene, action)}"><input type="hidden" name="code" value="${code}">${inner}</form>`;
}

function messagesOf(scene: Scene, messages: Receipt['messages']): Markup | null {
  if (messages.length === 0) return null;
  const rows = messages.map(
    (one) =>
      html`<li><span class="quiet">${scene.t(one.from === 'raiser' ? 'you' : 'weSay')} · ${when(one.at, scene.zone, scene.language)}</span>${paragraphs(one.text)}</li>`,
  );
  return html`<h2>${scene.t('messages')}</h2><ul class="plain">${rows}</ul>`;
}

/** `note`: what was just done. */
export function receiptPage(scene: Scene, code: string, shown: ReceiptShown, note: string | null): PageParts {
  const say = sayIn(scene.language);
  const facts = html`<dl>${shown.office === null ? null : html`<dt>${scene.t('office')}</dt><dd>${scene.w(shown.office)}</dd>`}${shown.dueAt === null ? null : html`<dt>${scene.t('due')}</dt><dd>${when(shown.dueAt, scene.zone, scene.language)}</dd>`}${shown.issueId === null ? null : html`<dt>${say('public.issue')}</dt><dd>${shown.issueId}</dd>`}</dl>`;
  const answer =
    shown.answerId === null
      ? null
      : html`<p><a href="${link(scene, `/answers/${encodeURIComponent(shown.answerId)}`)}">${scene.t('readAnswer')}</a></p>`;
  const add = withCode(
    scene,
    '/receipt/message',
    code,
    html`<label for="text">${scene.t('addMessage')}</label><textarea id="text" name="text" required maxlength="4000"></textarea><button>${scene.t('send')}</button>`,
  );
  const again = shown.canReopen
    ? html`<h2>${scene.t('notSolved')}</h2><p class="quiet">${scene.t('notSolvedAbout')}</p>${withCode(scene, '/receipt/reopen', code, html`<label for="because">${scene.t('notSolved')}</label><textarea id="because" name="because" required maxlength="4000"></textarea><button>${scene.t('reopen')}</button>`)}`
    : null;
  const back = shown.canWithdraw
    ? html`<h2>${scene.t('withdraw')}</h2><p class="quiet">${scene.t('withdrawAbout')}</p>${withCode(scene, '/receipt/withdraw', code, html`<button class="second">${scene.t('withdraw')}</button>`)}`
    : null;
  const done = note === null ? null : html`<p class="box" role="status">${note}</p>`;
  const main = html`<h1>${scene.t('status')}</h1>${done}<p class="lead">${scene.w(shown.sentence)}</p>${shown.late === null ? null : html`<p><strong>${scene.w(shown.late)}</strong></p>`}${answer}${facts}${messagesOf(scene, shown.messages)}${add}${again}${back}`;
  return { title: scene.t('status'), main, hidden: true };
}

export function reportForm(scene: Scene, duties: readonly Duty[]): PageParts {
  const options = duties.map((duty) => html`<option value="${duty.id}">${scene.w(duty.name)}</option>`);
  const form = html`<form method="post" action="${link(scene, '/report')}"><label for="text">${scene.t('what')}</label><textarea id="text" name="text" required maxlength="4000"></textarea><label for="place">${scene.t('place')}</label><input id="place" name="place" autocomplete="off" maxlength="200"><label for="title">${scene.t('subject')}</label><input id="title" name="title" autocomplete="off" maxlength="200"><label for="service">${scene.t('service')}</label><select id="service" name="service"><option value="">${scene.t('choose')}</option>${options}</select><button>${scene.t('submit')}</button></form>`;
  return { title: scene.t('reportTitle'), main: html`<h1>${scene.t('reportTitle')}</h1><p>${scene.t('reportAbout')}</p>${form}` };
}

export function reportDone(scene: Scene, code: string): PageParts {
  const main = html`<h1>${scene.t('thanks')}</h1><p>${scene.t('keepCode')}</p><p class="box codeShown">${code}</p><p><a href="${link(scene, '/receipt')}">${scene.t('receiptTitle')}</a></p>`;
  return { title: scene.t('thanks'), main, hidden: true };
}

/** As `work/signFor.ts` gives it. */
export interface LinkShown {
  readonly notice: { readonly subject: string; readonly text: string; readonly issueId: string; readonly ackBy: Instant | null };
  readonly issueTitle: string;
  readonly level: Level;
  readonly signed: { readonly at: Instant } | null;
  readonly needsName: boolean;
}

const SHAPES = ['', '○', '◇', '△', '■'];

/** For the office a notice went to; whoever has the link has the notice. Levels stand with shape and word, and without colour. */
export function ackPage(scene: Scene, token: string, shown: LinkShown, justSigned: boolean): PageParts {
  const say = sayIn(scene.language);
  const level = html`${SHAPES[LEVELS.indexOf(shown.level)] ?? ''} ${say(`level.${shown.level}`)}`;
  const { notice } = shown;
  const name = shown.needsName
    ? html`<label for="name">${scene.t('ackName')}</label><input id="name" name="name" required maxlength="60" autocomplete="name">`
    : null;
  const sign =
    shown.signed === null
      ? html`<form method="post" action="${link(scene, `/ack/${token}`)}">${name}<button class="big">${scene.t('ackDo')}</button></form>`
      : html`<p class="box lead" role="status">${scene.t(justSigned ? 'ackDone' : 'ackAlready')} ${when(shown.signed.at, scene.zone, scene.language)}</p>`;
  const due = notice.ackBy === null ? null : html`<dt>${scene.t('ackBy')}</dt><dd>${when(notice.ackBy, scene.zone, scene.language)}</dd>`;
  const main = html`<p class="quiet">${level} · ${notice.issueId}</p><h1>${shown.issueTitle === '' ? notice.subject : shown.issueTitle}</h1>${paragraphs(notice.text)}<dl>${due}</dl>${sign}<p><a href="/desk/issues/${encodeURIComponent(notice.issueId)}">${scene.t('open')}</a></p>`;
  return { title: scene.t('ackTitle'), main, hidden: true, bare: true };
}
