/** Notifier: mail. All notices of an issue form one thread; the message id is the notice's, so a repeat is seen as one. */
import { createHash } from 'node:crypto';
import type { Message, Notifier } from '../../ports.ts';
import { listOf } from '../botAnswer.ts';
import { faceOf } from '../noticeFace.ts';

function mark(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 32);
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

function htmlOf(face: { title: string; text: string; label: string; address: string }): string {
  const lines = face.text
    .split('\n')
    .map((line) => `<p style="margin:0 0 8px">${escapeHtml(line)}</p>`)
    .join('');
  return (
    `<!doctype html><html><body style="font:16px/1.5 sans-serif;color:#111"><h1 style="font-size:20px">${escapeHtml(face.title)}</h1>${lines}` +
    `<p><a href="${escapeHtml(face.address)}" style="font-size:18px">${escapeHtml(face.label)}</a></p>` +
    `<p style="color:#555">${escapeHtml(face.address)}</p></body></html>`
  );
}

function domainOf(from: string): string {
  return /@([\w.-]+)$/.exec(from)?.[1] ?? 'heed.invalid';
}

export default {
  kind: 'email',
  about: { zh: '电子邮件：经本单位的邮件服务器发送', en: "Mail, sent through the office's own mail server" },
  settings: [
    { name: 'host', label: { zh: '邮件服务器', en: 'Mail server' }, type: 'text', required: true },
    { name: 'port', label: { zh: '端口', en: 'Port' }, type: 'number', required: true, default: 587 },
    { name: 'secure', label: { zh: '一开始就用 TLS（465 端口）', en: 'TLS from the start (port 465)' }, type: 'boolean', default: false },
    { name: 'startTls', label: { zh: '必须升级到 TLS', en: 'Insist on STARTTLS' }, type: 'boolean', default: true },
    { name: 'user', label: { zh: '登录名', en: 'User' }, type: 'text' },
    { name: 'password', label: { zh: '口令', en: 'Password' }, type: 'secret' },
    { name: 'from', label: { zh: '发件人', en: 'From' }, type: 'text', required: true },
    {
      name: 'to',
      label: { zh: '收件人', en: 'To' },
      help: { zh: '多个地址用逗号分开', en: 'Part several addresses with commas' },
      type: 'text',
      required: true,
    },
    { name: 'language', label: { zh: '语言', en: 'Language' }, type: 'choice', choices: ['zh', 'en'], default: 'zh' },
  ],
  perMinute: 60,
  personal: true,
  async send(message: Message, settings, hands) {
    const face = faceOf(message, settings);
    const domain = domainOf(settings.from ?? '');
    return hands.mail(
      { ...settings, listId: `notices.${domain}` },
      {
        to: listOf(settings.to),
        subject: face.title,
        text: `${face.text}\n\n${face.label}: ${face.address}\n`,
        html: htmlOf(face),
        messageId: `<${mark(message.key)}@${domain}>`,
        references: [`<${mark(message.threadKey)}@${domain}>`],
      },
    );
  },
} satisfies Notifier;
