import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redact, withoutMasks } from './redact.ts';

/** The planted value must be gone, whatever the mask; all numbers and names are made up. */
const GONE: [text: string, planted: string[], why: string][] = [
  ['联系电话13800138000，谢谢', ['13800138000'], 'mobile'],
  ['请打１３８００１３８０００', ['１３８００１３８０００'], 'full-width mobile'],
  ['手机138 0013 8000', ['138 0013 8000'], 'mobile with spaces'],
  ['手机138-0013-8000。', ['0013', '8000'], 'mobile with dashes'],
  ['手机138.0013.8000。', ['0013', '8000'], 'mobile with dots'],
  ['手机138—0013—8000。', ['0013', '8000'], 'mobile with long dashes'],
  ['加我一三八零零一三八零零零', ['一三八零零一三八零零零'], 'Chinese digits'],
  ['加我壹叁捌零零壹叁捌零零零', ['壹叁捌零零壹叁捌零零零'], 'formal Chinese digits'],
  ['打幺三八〇〇幺三八〇〇〇', ['幺三八'], 'yao for one'],
  ['打138零零13八000', ['138零零13八000'], 'mixed digits'],
  ['1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣', ['3️⃣8️⃣'], 'emoji digits'],
  ['①③⑧⓪⓪①③⑧⓪⓪⓪', ['③⑧'], 'circled digits'],
  ['13\u200b80013\u200b8000', ['80013'], 'zero-width characters inside'],
  ['+86 138 0013 8000', ['138 0013 8000'], 'country code'],
  ['+86-13800138000', ['13800138000'], 'country code with dash'],
  ['0086 13800138000', ['13800138000'], '0086'],
  ['（86）13800138000', ['13800138000'], 'country code in brackets'],
  ['1 3 8 0 0 1 3 8 0 0 0', ['3 8 0 0'], 'single digits'],
  ['138OO138OOO', ['138OO138OOO'], 'letter O for zero'],
  ['座机010-62345678', ['62345678'], 'landline'],
  ['座机(0571)8765 4321', ['8765'], 'landline in brackets'],
  ['电话：8765432', ['8765432'], 'local number behind a label'],
  ['传真 021 62345678 转 3', ['62345678'], 'landline with spaces'],
  ['tel13800138000', ['13800138000'], 'label glued'],
  ['13800138000、13900139000两个号', ['13800138000', '13900139000'], 'two numbers'],
  ['13800138000 13900139000', ['13800138000', '13900139000'], 'two numbers with a space'],
  ['身份证11010519491231002X', ['11010519491231002X'], 'identity number with X'],
  ['身份证号：110105194912310021', ['110105194912310021'], 'identity number, wrong check digit, labelled'],
  ['110105 19491231 002X', ['19491231', '002X'], 'identity number with spaces'],
  ['１１０１０５１９４９１２３１００２Ｘ', ['１９４９１２３１'], 'identity number full-width'],
  ['老身份证110105491231002', ['110105491231002'], 'identity number of 15 digits'],
  ['卡号6222021234567890128', ['6222021234567890128'], 'card behind a label'],
  ['4111 1111 1111 1111', ['4111 1111'], 'card by Luhn'],
  ['银行卡 6217 0000 1234 5678 903', ['1234'], 'card of 19 behind a label'],
  ['邮箱 zhang.san+x@example.com。', ['zhang.san', 'example.com'], 'e-mail'],
  ['邮箱ｚｈａｎｇ＠ｅｘａｍｐｌｅ．ｃｏｍ', ['ｚｈａｎｇ'], 'e-mail full-width'],
  ['write to jane (at) example (dot) org', ['jane', 'example'], 'e-mail written out'],
  ['jane [at] example [dot] com', ['jane', 'example'], 'e-mail in brackets'],
  ['zhang#163.com', ['zhang#163'], 'e-mail with #'],
  ['车牌京A12345撞了人', ['A12345'], 'plate'],
  ['苏Ａ·１２３４５闯红灯', ['１２３４５'], 'plate full-width with dot'],
  ['粤BD12345', ['BD12345'], 'new energy plate'],
  ['沪 A-8Q123', ['8Q123'], 'plate with dash'],
  ['微信号：zhang_san88', ['zhang_san88'], 'WeChat id'],
  ['加vx zhangsan88', ['zhangsan88'], 'WeChat id, slang'],
  ['加V信：zhang-88', ['zhang-88'], 'WeChat id, slang with colon'],
  ['QQ：123456789', ['123456789'], 'QQ number'],
  ['扣扣 1234567', ['1234567'], 'QQ number, slang'],
  ['@小张爱喝水 你家有水吗', ['小张爱喝水'], 'handle in Han'],
  ['thanks @jane_doe99!', ['jane_doe99'], 'handle'],
  ['回复 @zhang@social.example ：好', ['zhang@social.example'], 'fediverse handle'],
  ['see u/water_fan', ['water_fan'], 'reddit handle'],
  ['来自 https://weibo.com/u/1234567890 的微博', ['1234567890'], 'profile address'],
  ['https://mastodon.example/@jane/1098765', ['jane'], 'post address with account'],
  ['护照号E12345678', ['E12345678'], 'passport'],
  ['passport no. 123456789', ['123456789'], 'passport, English'],
  ['港澳通行证C12345678', ['C12345678'], 'travel permit'],
  ['SSN 123-45-6789', ['123-45-6789'], 'social security number'],
  ['我住阳光花园3栋2单元501室', ['3栋', '501室'], 'door'],
  ['阳光花园三栋二单元五〇一室漏水', ['五〇一室'], 'door in Chinese digits'],
  ['城关镇建设路88号院4号楼1203停水', ['1203'], 'door without 室'],
  ['家住东门街12号', ['12号'], 'house number at home'],
  ['地址：人民路5弄7号301室', ['301室'], 'lane'],
  ['幸福里3-2-501室', ['3-2-501'], 'door with dashes'],
  ['3幢1单元1802', ['1802'], 'building, unit, door'],
  ['I live at 12 Mill Lane', ['12 Mill'], 'street number'],
  ['Flat 4B, 27 East Gate Road', ['4B', '27 East'], 'flat'],
  ['Apartment 12, Wanli Towers', ['12'], 'apartment'],
  ['坐标31.234567,121.456789', ['31.234567'], 'coordinates'],
  ['31°12\'45"N 121°30\'15"E', ['12\'45"'], 'degrees'],
  ['lat: 31.23456 lng: 121.45678', ['31.23456', '121.45678'], 'labelled coordinates'],
  ['call me on 07700 900123', ['900123'], 'UK mobile'],
  ['(555) 234-0198 is my number', ['234-0198'], 'North American number'],
  ['+44 20 7946 0958', ['7946'], 'international'],
  ['ring 555 0198 or so. phone: 5550198', ['5550198'], 'labelled local number'],
  ['业主王建国说水发黄', ['王建国'], 'role and verb'],
  ['村民李秀英反映', ['李秀英'], 'villager'],
  ['我叫张小梅，住东门', ['张小梅'], 'my name is'],
  ['住三栋的赵铁柱没人管', ['赵铁柱'], 'who lives in'],
  ['王建国说，三天没水了。邻居也见到王建国', ['王建国'], 'found once, masked twice'],
  ['隔壁的刘桂芳阿姨摔伤', ['刘桂芳'], 'aunt'],
  ['联系人：陈大伟', ['陈大伟'], 'contact'],
  ['受害人欧阳小红已报警', ['欧阳小红'], 'compound surname'],
  ['業主王建國說水發黃', ['王建國'], 'traditional characters'],
  ['患者孙丽，女，45岁', ['孙丽'], 'name of two'],
  ['Mrs Jane Hartwell is ill', ['Hartwell'], 'Mrs'],
  ['Mr. Tom O’Brien said', ['Brien'], 'Mr with apostrophe'],
  ['My name is Jane Hartwell and the tap is brown', ['Hartwell'], 'my name is'],
  ['Resident Tom Baker told us', ['Tom Baker'], 'resident'],
  ['Jane Hartwell, 34, of East Gate', ['Hartwell'], 'name and age'],
  ['Regards,\nJane Hartwell', ['Hartwell'], 'signature'],
];

const STAYS: [text: string, why: string][] = [
  ['请拨打110、119、120或12345热线', 'hotlines'],
  ['拨打400-820-8820或800-810-1234', 'toll-free numbers'],
  ['服务热线96777、95598', 'short service numbers'],
  ['订单号2026031112345678已发货', 'order number'],
  ['订单号13800138000', 'order number that looks like a mobile'],
  ['2026-03-11 08:30:00发布', 'date and time'],
  ['20260311', 'date without dashes'],
  ['售价1,380,013.80元', 'price'],
  ['一九九八年三月，二〇二六年', 'years in Chinese'],
  ['人口1380万，面积12345.67平方公里', 'amounts'],
  ['192.168.100.200服务器', 'network address'],
  ['国发〔2016〕61号文件', 'document number'],
  ['8月15号停水', 'day of the month'],
  ['3号线地铁、5路公交', 'lines'],
  ['3楼的灯坏了', 'a floor alone'],
  ['城东花园三栋水浑浊', 'a building alone, no home named'],
  ['建设路88号县人民医院', 'a public house'],
  ['县长王建国说，局长李明表示', 'office-holders'],
  ['发言人张伟华说', 'spokesperson'],
  ['王建国局长到场', 'title behind the name'],
  ['记者王小明 通讯员李华', 'by-line'],
  ['有关方面表示，许多居民说', 'words that begin like names'],
  ['于是说好了，马上说清楚', 'more such words'],
  ['张先生和李女士', 'surnames alone'],
  ['王某说', 'masked already'],
  ['业主委员会表示', 'a body of owners'],
  ['Wanli Council said the water is safe', 'council'],
  ['Mayor John Smith said', 'mayor'],
  ['Health Ministry said; Water Company told us', 'bodies'],
  ['On 12 March 2026 at 11:42', 'English date'],
  ['order 4512345678901', 'English order number'],
  ['room for improvement; unit price', 'words of homes'],
  ['https://news.example/20260311/13800138000.html', 'number in a web address'],
  ['@澄湾发布 发了通报', 'an organisation’s account'],
  ['wechat group of owners', 'prose'],
  ['1773100800000', 'time stamp'],
  ['合格率99.98765%', 'one decimal number'],
  ['A1 paper, B2 level, G20 summit', 'short codes'],
];

describe('personal data is masked', () => {
  for (const [text, planted, why] of GONE)
    test(`${why}: ${text}`, () => {
      const found = redact(text);
      for (const part of planted) expect(found.text).not.toContain(part);
      expect(found.text).toContain('▮');
      expect(found.nRedactions).toBeGreaterThan(0);
    });
});

describe('what is no personal data stays', () => {
  for (const [text, why] of STAYS) test(`${why}: ${text}`, () => expect(redact(text)).toEqual({ text, nRedactions: 0 }));
});

test('the numbers of an office stay, in any spelling', () => {
  const text = '水务局电话0571-87654321，张三13800138000';
  expect(redact(text, { keepNumbers: ['(0571) 8765 4321'] }).text).toBe('水务局电话0571-87654321，张三▮电话▮');
});

test('the author’s own name is masked, but not inside other words', () => {
  expect(redact('by annlee: planning, annlee and @AnnLee', { names: ['annlee'] }).text).not.toMatch(/\bannlee\b/i);
  expect(redact('planning', { names: ['ann'] }).text).toBe('planning');
});

test('a name that stood next to a title stays everywhere', () => {
  const text = '县长王建国到场。王建国说，马上修。';
  expect(redact(text).text).toBe(text);
});

test('in edited press those who speak in public keep their names, those named by role do not', () => {
  expect(redact('李明华表示，市场不错。业主赵铁柱说水黄', { isPress: true }).text).toBe('李明华表示，市场不错。业主▮姓名▮说水黄');
});

test('masks name their kind in the language of the text', () => {
  expect(redact('电话13800138000').text).toBe('电话▮电话▮');
  expect(redact('my phone is 07700 900123').text).toBe('my phone is ▮phone▮');
  expect(withoutMasks('电话▮电话▮。').trim()).toBe('电话 。');
});

test('masking a masked text changes nothing, and nothing throws', () => {
  const piece = fc.constantFrom(...GONE.map(([text]) => text), ...STAYS.map(([text]) => text), '，', '\n', ' ', '▮', '@', '1', '说', 'Mr ');
  const texts = fc.oneof(
    fc.array(piece, { maxLength: 6 }).map((parts) => parts.join('')),
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const once = redact(text).text;
      expect(redact(once).text).toBe(once);
    }),
    { seed: 4, numRuns: 600 },
  );
});

test('the time grows with the length, whatever the text is made of', () => {
  for (const piece of [
    '1 ',
    '一',
    '@',
    'a.',
    '王',
    '业主王',
    '3栋',
    '1-',
    'Mr A',
    '12 Ab ',
    '微信',
    '京A',
    '31.2345,',
    '0',
    'at ',
    'http://a/',
    '▮',
  ]) {
    const took = (length: number): number => {
      const text = piece.repeat(Math.ceil(length / piece.length));
      const began = performance.now();
      redact(text);
      return performance.now() - began;
    };
    took(2000);
    // 40,000 characters at 16 times the target would be 160 ms; a quadratic pattern takes many seconds.
    expect(took(40_000), piece).toBeLessThan(1500);
  }
});
