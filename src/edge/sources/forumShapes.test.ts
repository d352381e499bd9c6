/** The forum reader on the shapes that most boards have: Discuz X and phpBB 3, their lists and their threads, written by hand. */
import { describe, expect, test } from 'vitest';
import { NOW, ok, source } from '../../../test/stubs/sourceKit.ts';
import collector from './forum.ts';

const TITLES = ['东门片区自来水发黄有异味', '三路公交改线之后等车太久', '学校门口积水无人清理', '夜市噪声半夜不停歇'];
const WORDS = (n: number): string => `第${n}楼：东门片区今天早上的水又黄了，烧开以后还有一股味道，希望有关单位尽快来看看。`;

const discuzList = `<html><body><div id="wp" class="wp"><div id="pt" class="bm cl"><a href="./">论坛</a> <a href="forum.php?gid=1">城区</a></div>
<div id="threadlist" class="tl bm bmw"><div class="th"><table><tr><th><a href="javascript:;">筛选</a></th></tr></table></div><div class="bm_c"><form><table summary="forum_2" id="threadlisttableid">
${TITLES.map((title, n) => `<tbody id="normalthread_${100 + n}"><tr><td class="icn"><a href="thread-${100 + n}-1-1.html" target="_blank"><img src="i.gif"></a></td><th class="new"><em>[<a href="forum.php?mod=forumdisplay&amp;fid=2&amp;typeid=3">民生</a>]</em> <a href="thread-${100 + n}-1-1.html" class="s xst">${title}</a><span class="tps">&nbsp;...<a href="thread-${100 + n}-2-1.html">2</a></span></th><td class="by"><cite><a href="space-uid-${n}.html" c="1">user${n}</a></cite><em><span>2026-3-${n + 5}</span></em></td><td class="num"><a href="thread-${100 + n}-1-1.html" class="xi2">${n + 3}</a><em>${n * 40}</em></td><td class="by"><cite><a href="space-username-x.html">other</a></cite><em><a href="forum.php?mod=redirect&amp;tid=${100 + n}&amp;goto=lastpost#lastpost">2026-3-9 1${n}:20</a></em></td></tr></tbody>`).join('')}
</table></form></div></div><div class="pg"><strong>1</strong><a href="forum-2-2.html">2</a><a href="forum-2-2.html" class="nxt">下一页</a></div></div></body></html>`;
const discuzThread = `<html><head><title>${TITLES[0]} - 城区 - 论坛</title></head><body><div id="postlist" class="pl bm"><table><tr><td class="pls"><span class="xi1">400</span></td><td class="plc"><h1 class="ts"><span id="thread_subject">${TITLES[0]}</span></h1></td></tr></table>
${[1, 2, 3].map((n) => `<div id="post_${500 + n}"><table id="pid${500 + n}" class="plhin"><tr><td class="pls" rowspan="2"><div class="authi"><a href="space-uid-${n}.html" class="xw1">user${n}</a></div><p>积分 20</p></td><td class="plc"><div class="pi"><strong><a href="thread-100-1-1.html" id="postnum${500 + n}">${n === 1 ? '楼主' : `<em>${n}</em><sup>#</sup>`}</a></strong><div class="authi"><em id="authorposton${500 + n}">发表于 2026-3-9 1${n}:20:00</em></div></div><div class="pct"><div class="t_fsz"><table><tr><td class="t_f" id="postmessage_${500 + n}">${WORDS(n)}</td></tr></table></div></div></td></tr><tr><td class="plc"><div class="sign">个性签名</div></td></tr></table></div>`).join('')}</div></body></html>`;

const phpbbList = `<html><body id="phpbb" class="nojs"><div id="wrap"><div id="page-body"><h2 class="forum-title"><a href="./viewforum.php?f=2">城区</a></h2><div class="forumbg"><div class="inner"><ul class="topiclist"><li class="header"><dl><dt>主题</dt><dd class="posts">回复</dd></dl></li></ul><ul class="topiclist topics">
${TITLES.map((title, n) => `<li class="row bg${(n % 2) + 1}"><dl class="row-item topic_read"><dt title="没有未读"><div class="list-inner"><a href="./viewtopic.php?f=2&amp;t=${100 + n}&amp;sid=abc" class="topictitle">${title}</a><br><div class="topic-poster">by <a href="./memberlist.php?mode=viewprofile&amp;u=${n}" class="username">user${n}</a> » <time datetime="2026-03-0${n + 5}T01:00:00+00:00">Thu Mar 0${n + 5}, 2026 1:00 am</time></div></div></dt><dd class="posts">${n + 2} <dfn>回复</dfn></dd><dd class="views">${n * 30} <dfn>查看</dfn></dd><dd class="lastpost"><span><dfn>最后</dfn> by <a href="./memberlist.php?mode=viewprofile&amp;u=9" class="username">other</a><br><time datetime="2026-03-09T1${n}:00:00+00:00">Mon Mar 09, 2026</time></span></dd></dl></li>`).join('')}
</ul></div></div></div></div></body></html>`;
const phpbbThread = `<html><head><title>${TITLES[0]} - 城区</title></head><body id="phpbb"><div id="page-body"><h2 class="topic-title"><a href="./viewtopic.php?f=2&amp;t=100">${TITLES[0]}</a></h2>
${[1, 2, 3].map((n) => `<div id="p${500 + n}" class="post has-profile bg${(n % 2) + 1}"><div class="inner"><dl class="postprofile" id="profile${500 + n}"><dt><a href="./memberlist.php?mode=viewprofile&amp;u=${n}" class="username">user${n}</a></dt><dd class="profile-posts"><strong>帖子：</strong> 20</dd></dl><div class="postbody"><div id="post_content${500 + n}"><h3 ${n === 1 ? 'class="first"' : ''}><a href="./viewtopic.php?p=${500 + n}#p${500 + n}">${n === 1 ? '' : 'Re: '}${TITLES[0]}</a></h3><p class="author"><a class="unread" href="./viewtopic.php?p=${500 + n}#p${500 + n}">帖子</a><span class="responsive-hide">由 <strong><a href="./memberlist.php?mode=viewprofile&amp;u=${n}" class="username">user${n}</a></strong> » </span><time datetime="2026-03-09T1${n}:20:00+08:00">2026-03-09 1${n}:20</time></p><div class="content">${WORDS(n)}</div></div></div></div></div>`).join('')}</div></body></html>`;

const at = (address: string) => source('forum', { address });
describe.each([
  ['Discuz X', 'https://bbs.example/forum-2-1.html', discuzList, discuzThread],
  ['phpBB 3', 'https://bbs.example/viewforum.php?f=2', phpbbList, phpbbThread],
])('%s', (_name, address, list, thread) => {
  const pull = () => collector.pull(at(address), null, async () => ok(list, undefined, address), NOW);
  test('the list gives every thread by its title, and no person', async () => {
    const { follow, notes } = await pull();
    expect([follow?.map((one) => one.known.title), notes]).toEqual([TITLES, []]);
    expect(follow?.every((one) => /thread-10\d-1-1|t=10\d/.test(one.address))).toBe(true);
  });
  test('the thread gives its floors with author, time and text, without signatures', async () => {
    const [first] = (await pull()).follow ?? [];
    const { items, notes } = await collector.read(at(address), first!, async () => ok(thread, undefined, first!.address), NOW);
    expect(notes).toEqual([]);
    expect(items.map((item) => item.body)).toEqual([1, 2, 3].map(WORDS));
    expect(items.map((item) => item.author)).toEqual(['user1', 'user2', 'user3']);
    expect(items.map((item) => item.publishedAt)).toEqual([1, 2, 3].map((n) => Date.parse(`2026-03-09T1${n}:20:00+08:00`)));
    expect(items.map((item) => item.kind)).toEqual(['post', 'reply', 'reply']);
    expect(items[0]!.title).toBe(TITLES[0]);
  });
});
