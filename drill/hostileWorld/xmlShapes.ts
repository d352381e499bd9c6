/** Feeds made to hurt an XML reader. `canary` is an address that must never be asked, `secret` a text that must never be in a result. */
import { item, rss } from './behaviours.ts';

export interface Shape {
  readonly name: string;
  readonly bytes: () => Buffer;
  readonly contentType?: string;
}

/** Stands in a file and on the canary server; seen in a result, something was resolved. */
export const SECRET = 'drill-secret-7f3a';

const doc = (dtd: string, body: string) => `<?xml version="1.0"?>${dtd}<rss version="2.0"><channel><title>t</title>${body}</channel></rss>`;
const told = (text: string) => item('1', text);
const MOST = 19_500_000;

function bombOf(nLevels: number, nEach: number): string {
  const lines = [`<!ENTITY l0 "lol">`];
  for (let n = 1; n <= nLevels; n++) lines.push(`<!ENTITY l${n} "${`&l${n - 1};`.repeat(nEach)}">`);
  return `<!DOCTYPE rss [${lines.join('')}]>`;
}

function entityShapes(canary: string, file: string): Shape[] {
  const of = (name: string, dtd: string, body: string): Shape => ({ name, bytes: () => Buffer.from(doc(dtd, body)) });
  return [
    of('billion laughs', bombOf(10, 10), told('&l10;')),
    of('quadratic entities', `<!DOCTYPE rss [<!ENTITY a "${'a'.repeat(100_000)}">]>`, told('&a;'.repeat(100_000))),
    of('entities that name each other', '<!DOCTYPE rss [<!ENTITY a "&b;"><!ENTITY b "&a;">]>', told('&a;')),
    of('external entity, file', `<!DOCTYPE rss [<!ENTITY x SYSTEM "file://${file}">]>`, told('&x;')),
    of('external entity, http', `<!DOCTYPE rss [<!ENTITY x SYSTEM "${canary}">]>`, told('&x;')),
    of('parameter entity, file', `<!DOCTYPE rss [<!ENTITY % x SYSTEM "file://${file}"> %x;]>`, told('a')),
    of('parameter entity, http', `<!DOCTYPE rss [<!ENTITY % x SYSTEM "${canary}"> %x;]>`, told('a')),
    of('external DTD', `<!DOCTYPE rss SYSTEM "${canary}">`, told('a')),
    of('XInclude, file', '', told(`<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" href="file://${file}"/>`)),
    of('XInclude, http', '', told(`<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="${canary}"/>`)),
    of('style sheet instruction', `<?xml-stylesheet type="text/xsl" href="${canary}"?>`, told('a')),
    of('elements named __proto__', '', '<item><__proto__><title>a</title></__proto__><constructor>b</constructor><title>ok</title></item>'),
  ];
}

function largeShapes(): Shape[] {
  const of = (name: string, text: () => string): Shape => ({ name, bytes: () => Buffer.from(text()) });
  return [
    of('100,000 levels', () => doc('', `<item>${'<a>'.repeat(100_000)}`)),
    of('200,000 levels, closed', () => doc('', `<item>${'<a>'.repeat(200_000)}${'</a>'.repeat(200_000)}</item>`)),
    of('255 levels, 5,000 times', () => doc('', `<item>${`${'<a>'.repeat(250)}${'</a>'.repeat(250)}`.repeat(5000)}</item>`)),
    of('1,000,000 attributes', () => doc('', `<item ${Array.from({ length: 1_000_000 }, (_, n) => `a${n}=""`).join(' ')}/>`)),
    of('999 attributes on each of 1,000', () =>
      doc('', `<item ${Array.from({ length: 999 }, (_, n) => `a${n}=""`).join(' ')}/>`.repeat(1000)),
    ),
    of('100,000 namespaces', () =>
      doc('', Array.from({ length: 100_000 }, (_, n) => `<a${n}:item xmlns:a${n}="http://n${n}.example/"/>`).join('')),
    ),
    of('one text of 19 MB', () => doc('', `<item><description>${'water '.repeat(MOST / 6)}</description></item>`)),
    of('one text of 19 MB in Chinese', () => doc('', `<item><description>${'停水通知'.repeat(MOST / 12)}</description></item>`)),
    of('1,300,000 items', () => doc('', '<item>a</item>'.repeat(MOST / 15))),
    of('100,000 items with texts', () =>
      doc('', `<item><title>a</title><description>${'water '.repeat(20)}</description></item>`.repeat(100_000)),
    ),
    of('4,000 items of 4 kB markup', () =>
      doc('', `<item><title>a</title><description>${'&lt;p&gt;water&lt;/p&gt;'.repeat(170)}</description></item>`.repeat(4000)),
    ),
    of('500,000 CDATA sections', () => doc('', `<item><description>${'<![CDATA[a]]>'.repeat(500_000)}</description></item>`)),
    of('a CDATA section without end', () => doc('', `<item><description><![CDATA[${']]'.repeat(MOST / 2)}`)),
    of('a comment without end', () => doc('', `<!--${'--!'.repeat(MOST / 3)}`)),
    of('19 MB of <', () => doc('', '<'.repeat(MOST))),
    of('19 MB of &', () => doc('', `<item><title>${'&'.repeat(MOST)}`)),
    of('19 MB of numbered entities', () => doc('', `<item><title>${'&#65;'.repeat(MOST / 5)}</title></item>`)),
    of('a name of 10 MB', () => doc('', `<${'a'.repeat(10_000_000)}>`)),
    of('an attribute of 10 MB', () => doc('', `<item a="${'a'.repeat(10_000_000)}"/>`)),
    of('an instruction without end', () => `<?xml version="1.0" ${'?'.repeat(MOST)}`),
    of('500,000 end tags too many', () => doc('', '</a></item>'.repeat(500_000))),
    of('JSON of 100,000 levels', () => '['.repeat(100_000)),
    of(
      'JSON with __proto__',
      () => `{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","__proto__":{"x":1},"content_text":"a"}]}`,
    ),
  ];
}

function swap(bytes: Buffer): Buffer {
  return Buffer.from(bytes).swap16();
}

function encodingShapes(): Shape[] {
  const text = rss(told('Wasser läuft wieder, 水来了')).replace('utf-8', 'x');
  const bomb = doc(bombOf(8, 10), told('&l8;'));
  return [
    { name: 'UTF-16LE bomb', bytes: () => Buffer.concat([Buffer.from('fffe', 'hex'), Buffer.from(bomb, 'utf16le')]) },
    { name: 'UTF-16BE without a mark', bytes: () => swap(Buffer.from(text, 'utf16le')) },
    { name: 'called UTF-7', bytes: () => Buffer.from(`<?xml version="1.0" encoding="utf-7"?>+ADw-script+AD4-${text}`) },
    {
      name: 'UTF-32 with a mark',
      bytes: () =>
        Buffer.concat([
          Buffer.from('fffe0000', 'hex'),
          Buffer.from([...text].flatMap((c) => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8, 0, 0])),
        ]),
    },
    { name: 'called EBCDIC', bytes: () => Buffer.from(text.replace('encoding="x"', 'encoding="ibm-1047"')) },
    { name: 'three marks', bytes: () => Buffer.from(`\ufeff\ufeff\ufeff${text}`) },
    {
      name: 'bytes of no encoding',
      bytes: () => Buffer.from(Array.from({ length: 2_000_000 }, (_, n) => (n * 7919) >> (n % 7)).map((n) => n & 255)),
    },
  ];
}

export function xmlShapes(canary: string, secretFile: string): Shape[] {
  return [...entityShapes(canary, secretFile), ...largeShapes(), ...encodingShapes()];
}
