/** /answers and /answers/:id. What is said here stands in the signed statement; nothing else of an issue is shown. */
import type { PromiseMade, SignedStatement } from '../../model/case.ts';
import type { Instant } from '../../model/time.ts';
import type { Office } from '../../model/office.ts';
import { sayIn, type WordKey } from '../../text/say.ts';
import { claimReviews } from './claimReview.ts';
import { dataElement, html, type Markup, paragraphs, when } from './markup.ts';
import { link, type PageParts, type Scene } from './page.ts';
import type { Published } from './published.ts';

function promiseKey(promise: PromiseMade, now: Instant): WordKey {
  if (promise.keptAt !== null) return promise.keptAt <= promise.dueAt ? 'promise.kept' : 'promise.keptLate';
  if (promise.broken) return 'promise.broken';
  return now <= promise.dueAt ? 'promise.due' : 'promise.late';
}

function promiseList(scene: Scene, promises: readonly PromiseMade[], offices: readonly Office[], now: Instant): Markup {
  const say = sayIn(scene.language);
  const name = (id: string): string => {
    const office = offices.find((one) => one.id === id);
    return office === undefined ? '' : scene.w(office.name);
  };
  const rows = promises.map(
    (one) =>
      html`<li>${one.what}<br><span class="quiet">${name(one.officeId)} · ${scene.t('due')} ${when(one.dueAt, scene.zone, scene.language)} · ${say(promiseKey(one, now))}${one.proof === '' ? null : html` · ${scene.t('proof')}: ${one.proof}`}</span></li>`,
  );
  return html`<ul class="plain">${rows}</ul>`;
}

function signerLine(scene: Scene, signed: SignedStatement): Markup {
  return html`${scene.w(signed.officeName)} · ${when(signed.publishedAt, scene.zone, scene.language)} · ${scene.t('signedBy')} ${signed.signerName} (${scene.w(signed.signerTitle)})`;
}

export function answersPage(
  scene: Scene,
  published: readonly Published[],
  promises: readonly PromiseMade[],
  offices: readonly Office[],
  now: Instant,
): PageParts {
  const say = sayIn(scene.language);
  const rows = published.map(
    ({ newest, versions }) =>
      html`<li lang="${newest.statement.language === 'zh' ? 'zh-Hans' : 'en'}"><a href="${link(scene, `/answers/${encodeURIComponent(newest.statementId)}`)}">${newest.statement.title}</a><br><span class="quiet">${signerLine(scene, newest)}${versions.length > 1 ? ` · ${scene.t('version', { n: newest.version })}` : ''}</span></li>`,
  );
  const list = rows.length === 0 ? html`<p>${say('public.none')}</p>` : html`<ul class="plain">${rows}</ul>`;
  const made = promises.length === 0 ? html`<p>${scene.t('noPromises')}</p>` : promiseList(scene, promises, offices, now);
  const look = html`<form method="post" action="${link(scene, '/receipt')}"><label for="code">${say('public.receiptCode')}</label><input class="code" id="code" name="code" autocomplete="off" required maxlength="60"><button>${say('public.lookUp')}</button></form>`;
  const main = html`<h1>${scene.t('answers')}</h1><p class="quiet">${scene.t('answersAbout')} <a href="/answers.atom">${scene.t('feed')}</a></p>${list}<h2>${say('public.promises')}</h2>${made}<h2>${say('public.heard')}</h2><p class="quiet">${scene.t('receiptAbout')}</p>${look}`;
  return { title: scene.t('answers'), main };
}

function correctionsOf(scene: Scene, signed: SignedStatement): Markup | null {
  if (signed.corrections.length === 0) return null;
  const say = sayIn(scene.language);
  const rows = signed.corrections.map(
    (one) =>
      html`<section class="box"><p class="lead">${one.fact}</p><dl><dt>${scene.t('said')}</dt><dd>“${one.claim}”</dd><dt>${scene.t('verdict')}</dt><dd>${say(`verdict.${one.verdict}`)}</dd>${one.evidence.length === 0 ? null : html`<dt>${scene.t('evidence')}</dt><dd>${one.evidence.map((text) => html`${text}<br>`)}</dd>`}<dt>${scene.t('reviewed')}</dt><dd>${one.reviewedBy}</dd></dl></section>`,
  );
  return html`<h2>${say('public.corrections')}</h2>${rows}`;
}

function nextOf(scene: Scene, signed: SignedStatement): Markup {
  const { nextUpdateAt, nextUpdate } = signed.statement;
  if (nextUpdateAt !== null) return when(nextUpdateAt, scene.zone, scene.language);
  return html`${nextUpdate === '' || nextUpdate === 'none' ? scene.t('last') : nextUpdate}`;
}

function versionsOf(scene: Scene, shown: SignedStatement, all: Published): Markup {
  const rows = [...all.versions].reverse().map((one) => {
    const label = scene.t('version', { n: one.version });
    const name =
      one.id === shown.id
        ? html`<strong>${label}</strong> (${scene.t('thisVersion')})`
        : html`<a href="${link(scene, `/answers/${encodeURIComponent(one.id)}`)}">${label}</a>`;
    return html`<li>${name} · ${when(one.publishedAt, scene.zone, scene.language)}${one.why === '' ? null : html` · ${one.why}`}</li>`;
  });
  return html`<h2>${scene.t('versions')}</h2><ul class="plain">${rows}</ul>`;
}

function part(title: string, text: string): Markup | null {
  return text.trim() === '' ? null : html`<h2>${title}</h2>${paragraphs(text)}`;
}

export interface AnswerKit {
  readonly shown: SignedStatement;
  readonly all: Published;
  readonly promises: readonly PromiseMade[];
  readonly offices: readonly Office[];
  readonly now: Instant;
  readonly address: string;
}

export function answerPage(scene: Scene, kit: AnswerKit): PageParts {
  const { shown, all } = kit;
  const say = sayIn(scene.language);
  const { statement } = shown;
  const newer =
    shown.id === all.newest.id
      ? null
      : html`<p class="box">${scene.t('newer')}<a href="${link(scene, `/answers/${encodeURIComponent(all.newest.id)}`)}">${scene.t('version', { n: all.newest.version })}</a></p>`;
  const permalink = `${kit.address}/answers/${encodeURIComponent(shown.id)}`;
  const facts = html`<dl><dt>${scene.t('by')}</dt><dd>${scene.w(shown.officeName)}</dd><dt>${scene.t('signedBy')}</dt><dd>${shown.signerName} (${scene.w(shown.signerTitle)})</dd><dt>${scene.t('at')}</dt><dd>${when(shown.publishedAt, scene.zone, scene.language)}</dd><dt>${say('public.issue')}</dt><dd>${shown.issueId}</dd><dt>${scene.t('next')}</dt><dd>${nextOf(scene, shown)}</dd><dt>${scene.t('contact')}</dt><dd>${statement.contact}</dd><dt>${say('public.permalink')}</dt><dd><a href="${permalink}">${permalink}</a></dd></dl>`;
  const promises =
    kit.promises.length === 0 ? null : html`<h2>${say('public.promises')}</h2>${promiseList(scene, kit.promises, kit.offices, kit.now)}`;
  const signature = html`<h2>${scene.t('signature')}</h2><p class="quiet">${scene.t('signatureAbout')} <a href="/key.pem">${scene.t('key')}</a> (${shown.keyId}) · <a href="/answers/${encodeURIComponent(shown.id)}?form=signed">${scene.t('signedText')}</a></p><pre>${shown.signature}</pre>`;
  const machine = statement.machineDrafted ? html`<p class="quiet">${scene.t('machine')}</p>` : null;
  const reviews = claimReviews(shown, permalink);
  const head = reviews === null ? html`` : dataElement(reviews);
  const text = html`<article lang="${statement.language === 'zh' ? 'zh-Hans' : 'en'}"><h1>${statement.title}</h1><p class="quiet">${signerLine(scene, shown)}</p>${newer}${paragraphs(statement.empathy)}${part(scene.t('known'), statement.known)}${part(scene.t('unknown'), statement.unknown)}${part(scene.t('doing'), statement.doing)}</article>`;
  return {
    title: statement.title,
    head,
    main: html`${text}${correctionsOf(scene, shown)}${promises}${facts}${machine}${versionsOf(scene, shown, all)}${signature}`,
  };
}
