/** What the fuzzer begins with: small texts of every kind Heed reads, all made up. */
export const FUZZ_SEEDS: Readonly<Record<string, readonly string[]>> = {
  markup: [
    '<!doctype html><html lang="zh"><head><title>北街停水</title><meta property="article:published_time" content="2026-03-03T08:00:00+08:00"><script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2026-03-03","author":{"name":"a"}}</script></head><body><nav><a href="/">首页</a></nav><article><h1>北街停水</h1><p class="time">2026年3月3日 08:00 来源：县融媒体</p><p>北街今日停水，抢修人员已到现场，预计下午恢复供水。居民可到社区取水点取水。</p><p>联系电话 0571-12345678。</p></article><footer>©</footer></body></html>',
    '<html><body><ul class="list"><li><a href="/n/1.html">北街恢复供水的情况通报</a><span>03-03</span></li><li><a href="/n/2.html">南街停电检修公告第二号</a><span>2小时前</span></li><li><a href="?page=2">下一页</a></li></ul></body></html>',
    '<div class="post" id="pid1"><a class="author">a</a> 发表于 2026-3-3 08:00 <em>1#</em><div class="message">水是黄的</div></div><div class="post" id="pid2"><a class="author">b</a> 发表于 3 小时前 <em>2#</em><div class="message"><blockquote>水是黄的</blockquote>我家也是<img src=x></div></div>',
    '<p>a<b>b<i>c</b>d</i><table><tr><td>e<table><a href="javascript:alert(1)" onclick=x>f</a><svg><style><img src=x onerror=y></style></svg><math><mi>g',
    '<link rel="alternate" type="application/rss+xml" href="/rss.xml"><base href="//a.example/"><iframe srcdoc="<p>x"></iframe><template><p>t</template><noscript><p>n</noscript>',
  ],
  feed: [
    '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE rss [<!ENTITY a "b">]><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>t</title><ttl>60</ttl><item><guid isPermaLink="false">1</guid><title>a &amp; b &lt;i&gt;</title><link>/x</link><description><![CDATA[<p>x</p>]]></description><content:encoded>&lt;p&gt;y&lt;/p&gt;</content:encoded><pubDate>Tue, 03 Mar 2026 08:00:00 +0800</pubDate><dc:creator>c</dc:creator></item></channel></rss>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://a.example/" xml:lang="zh"><id>urn:x</id><title type="html">&lt;b&gt;t</title><link rel="self" href="f"/><link rel="hub" href="http://h.example/"/><entry><id>1</id><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">t<br/></div></title><content type="base64">PHA+</content><updated>2026-03-03T08:00:00Z</updated><author><name>n</name><email>e@x.example</email></author></entry></feed>',
    '{"version":"https://jsonfeed.org/version/1.1","title":"t","language":"zh","items":[{"id":1,"url":"/a","title":"t","content_html":"<p>x</p>","date_published":"2026-03-03T08:00:00Z","authors":[{"name":"a"}],"tags":["b"],"attachments":[{"url":"c"}]}]}',
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="x"/><item rdf:about="y"><title>z</title></item></rdf:RDF>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>http://a.example/1</loc><lastmod>2026-03-03</lastmod><news:news><news:title>t</news:title><news:publication_date>2026-03-03T08:00:00Z</news:publication_date></news:news></url></urlset>',
    '<opml version="2.0"><body><outline text="a"><outline type="rss" xmlUrl="http://a.example/rss" title="b"/></outline></body></opml>',
  ],
  lines: [
    '标题,正文,时间,链接,作者\n北街停水,"水停了, ""又""来了",2026-03-03 08:00,http://a.example/1,甲\n',
    'title;text;date;url\r\na;b;3/3/2026 8:00 PM;http://a.example/2\r\n',
    '{"title":"a","body":"b","publishedAt":"2026-03-03T08:00:00Z","url":"http://a.example/","author":"c"}\n{"title":2}\n',
    '[{"service_request_id":1,"description":"d","requested_datetime":"2026-03-03T08:00:00Z","status":"open"}]',
    '{"data":{"list":[{"word":"北街停水","rank":1,"heat":"12.3万","url":"/s?q=1"},{"word":"b","rank":2,"heat":900}]}}',
  ],
  archive: [
    'WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nWARC-Date: 2026-03-03T08:00:00Z\r\nContent-Type: application/http\r\nContent-Length: 89\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n\r\n\r\n',
    'WARC/1.1\r\nWARC-Type: warcinfo\r\nContent-Length: 3\r\n\r\na=b\r\n\r\n',
  ],
  robots: [
    'User-agent: *\nDisallow: /a*b$\nAllow: /a\nCrawl-delay: 2\nSitemap: http://a.example/s.xml\n\nUser-agent: Heed\nUser-agent: b\nDisallow:\n',
  ],
  query: [
    '(停水 OR "north street" OR 断水*) NOT 演习 title:通报 source:"县报" NEAR/5(水, 黄)',
    'water AND (brown OR yellow) -drill kind:post since:2026-03-01 has:image lang:en',
    '"a b"~3 AND NOT (c OR (d AND NOT e)) url:a.example',
  ],
  dates: [
    'Tue, 03 Mar 2026 08:00:00 GMT',
    '2026-03-03T08:00:00.123+08:00',
    '2026年3月3日 上午8时05分',
    '昨天 08:00',
    '3小时前',
    'March 3rd, 2026 at 8 pm',
    '03/03/26',
    '二〇二六年三月三日',
    'il y a 3 heures',
    '刚刚',
  ],
  addresses: [
    'http://a.example:8080/x/../y?utm_source=z&b=1#c',
    'https://user:p@weibo.com/u/1?from=x',
    '//a/b',
    'http://xn--fiqs8s/%E5%8C%97?q=%',
    'http://[::1]/',
  ],
};
