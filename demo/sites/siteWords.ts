/** What the pages of a site say besides the texts, by language. Words any site of the kind uses; a scenario's own words are in its data. */
export interface SiteWords {
  readonly nav: readonly string[];
  readonly hot: string;
  readonly more: string;
  readonly share: string;
  readonly next: string;
  readonly reply: string;
  readonly replies: (n: number) => string;
  readonly lastReply: string;
  readonly floor: (n: number) => string;
  readonly edited: (ago: string) => string;
  readonly removed: string;
  readonly justNow: string;
  readonly minutes: (n: number) => string;
  readonly hours: (n: number) => string;
  readonly days: (n: number) => string;
  readonly editor: string;
  readonly rights: string;
  readonly cookies: string;
  readonly subscribe: string;
}

const zh: SiteWords = {
  nav: ['首页', '要闻', '民生', '经济', '教育', '文化', '体育', '视频', '电子版', '关于我们'],
  hot: '热门排行',
  more: '相关阅读',
  share: '分享到：微信 微博 QQ空间',
  next: '下一页',
  reply: '回复',
  replies: (n) => `${n}回复`,
  lastReply: '最后回复',
  floor: (n) => `${n}楼`,
  edited: (ago) => `本帖最后由楼主于 ${ago} 编辑`,
  removed: '该楼已被删除',
  justNow: '刚刚',
  minutes: (n) => `${n}分钟前`,
  hours: (n) => `${n}小时前`,
  days: (n) => `${n}天前`,
  editor: '责任编辑：值班编辑',
  rights: '版权所有，未经许可不得转载。违法和不良信息举报见页脚。',
  cookies: '本站使用必要的Cookie。',
  subscribe: '扫码关注公众号，第一时间看本地新闻',
};

const en: SiteWords = {
  nav: ['Home', 'News', 'Living', 'Business', 'Schools', 'Culture', 'Sport', 'Letters', 'Archive', 'About'],
  hot: 'Most read',
  more: 'Related stories',
  share: 'Share this: mail, print, link',
  next: 'Next page',
  reply: 'Reply',
  replies: (n) => `${n} replies`,
  lastReply: 'Last reply',
  floor: (n) => `#${n}`,
  edited: (ago) => `Last edited ${ago}`,
  removed: 'This post has been removed',
  justNow: 'just now',
  minutes: (n) => (n === 1 ? '1 minute ago' : `${n} minutes ago`),
  hours: (n) => (n === 1 ? '1 hour ago' : `${n} hours ago`),
  days: (n) => (n === 1 ? '1 day ago' : `${n} days ago`),
  editor: 'Edited by the desk',
  rights: 'All rights reserved. No part may be reproduced without permission.',
  cookies: 'We use necessary cookies only.',
  subscribe: 'Sign up for the morning newsletter',
};

export function siteWords(language: string): SiteWords {
  return language.startsWith('zh') ? zh : en;
}

const MINUTE = 60_000;

/** `3分钟前`, never a date: what forums show. */
export function ago(words: SiteWords, at: number, now: number): string {
  const minutes = Math.floor((now - at) / MINUTE);
  if (minutes < 1) return words.justNow;
  if (minutes < 60) return words.minutes(minutes);
  if (minutes < 24 * 60) return words.hours(Math.floor(minutes / 60));
  return words.days(Math.floor(minutes / (24 * 60)));
}
