/** The checks of the tripwires as functions over plain values, so that a test can hand them a planted violation. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Names by which a person who wrote something could be asked for, listed or joined. */
const PERSON_NAME =
  /author|user(?!Agent)|handle(?!r)|nick|screenName|displayName|poster|blogger|follower|profile|pseudonym|avatar|persona|citizen|individual|account(?:Id|Name)|writer(?!s?$)|speaker(?!s)|\bpersons?(?:Id|s)?$|byPerson|voices?Id|^u?uid$|creatorId/i;
/** What is never kept of a person. */
const TRAIT =
  /sentiment|emotion|mood|politic|religio|faith|ethnic|race$|nationalit|gender|sex(?:ual)?|orientation|health(?:State|Status)|diagnos|disabilit|age(?:Group|Range|Of)|birth|income|party(?:Member)?|belief|ideolog|loyalt|stance|attitude|risk(?:Score|Level)OfPerson|credit(?:Score)|personalit/i;
/** What is never done. */
const DEED =
  /take-?down|delete-?post|remove-?post|hide-?post|report-?(?:post|account|abuse|user)|post-?as|comment(?!s?able)|\blike\b|likes\b|upvote|downvote|follow(?:er|ing|-user|-account)|repost|retweet|share-?as|flood|astroturf|sock-?puppet|water-?army|block-?(?:user|account|list)|ban-?(?:user|account)|shadow|mute-?(?:user|account)|dossier|watch-?list|black-?list|suspect|person-?(?:list|export|score)|export-?person|police|persons\.csv/i;

export const namingPersons = (names: readonly string[]): readonly string[] => names.filter((name) => PERSON_NAME.test(name));
export const namingTraits = (names: readonly string[]): readonly string[] => names.filter((name) => TRAIT.test(name));
export const namingDeeds = (names: readonly string[]): readonly string[] => names.filter((name) => DEED.test(name));

/** Every property, parameter and schema name of an API description. */
export function namesOfApi(value: unknown, found: Set<string> = new Set()): ReadonlySet<string> {
  if (Array.isArray(value)) for (const one of value) namesOfApi(one, found);
  else if (typeof value === 'object' && value !== null) {
    const object = value as Record<string, unknown>;
    if (typeof object.in === 'string' && typeof object.name === 'string') found.add(object.name);
    if (typeof object.properties === 'object' && object.properties !== null)
      for (const name of Object.keys(object.properties)) found.add(name);
    for (const one of Object.values(object)) namesOfApi(one, found);
  }
  return found;
}

export interface TypeMember {
  /** `Interface.field`; deeper shapes give `Interface.field.field`. */
  readonly path: string;
  readonly name: string;
  /** The key type of a record or index signature, as written; empty for a plain field. */
  readonly key: string;
}

/** Members of every interface and type of a TypeScript text. */
export function membersOf(text: string): readonly TypeMember[] {
  const file = ts.createSourceFile('x.ts', text, ts.ScriptTarget.Latest, true);
  const found: TypeMember[] = [];
  const visit = (node: ts.Node, path: string): void => {
    let inside = path;
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) inside = node.name.text;
    if (ts.isPropertySignature(node) || ts.isMethodSignature(node)) {
      const name = node.name.getText();
      inside = `${path}.${name}`;
      found.push({ path: inside, name, key: '' });
    }
    if (
      ts.isTypeReferenceNode(node) &&
      /^(?:Record|Map|ReadonlyMap|Set|ReadonlySet)$/.test(node.typeName.getText()) &&
      node.typeArguments?.[0]
    )
      found.push({ path: inside, name: inside.split('.').at(-1) ?? '', key: node.typeArguments[0].getText() });
    if (ts.isIndexSignatureDeclaration(node)) found.push({ path: inside, name: '', key: node.parameters[0]?.getText() ?? '' });
    ts.forEachChild(node, (child) => visit(child, inside));
  };
  visit(file, '');
  return found;
}

/** Files of a folder of this checkout, without tests. */
export function textsOf(folder: string): readonly (readonly [path: string, text: string])[] {
  return readdirSync(new URL(folder, `file://${ROOT}`), { withFileTypes: true, recursive: true })
    .filter(
      (entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.includes('.test.') && !entry.parentPath.includes('/dist'),
    )
    .map((entry): [string, string] => [
      `${entry.parentPath}/${entry.name}`.slice(ROOT.length),
      readFileSync(`${entry.parentPath}/${entry.name}`, 'utf8'),
    ]);
}

/** Hosts written into a text as addresses, those of documentation (RFC 2606, specifications) left out. */
export function hostsIn(text: string): readonly string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\/|(^|[^:'"`])\/\/[^\n]*/g, '$1');
  const hosts = [...code.matchAll(/https?:\/\/([a-z0-9][a-z0-9.-]+\.[a-z]{2,})/gi)].map((match) => match[1]!.toLowerCase());
  return [...new Set(hosts)].filter(
    (host) => !/(?:^|\.)(?:example|test|invalid|localhost)(?:\.(?:com|org|net))?$|w3\.org$|wiki\.open311\.org$/.test(host),
  );
}

/** Packages that speak to a network of people, drive a browser, or guess what a person is. */
const WRONG_PACKAGE =
  /twit|tweet|weibo|masto|megalodon|bluesky|atproto|telegra[fm]|telegram|discord|slack|whatsapp|wechaty|wechat|douyin|tiktok|instagram|facebook|fbgraph|reddit|snoowrap|linkedin|youtube|puppeteer|playwright|selenium|webdriver|nightmare|crawlee|apify|captcha|proxy-?(?:chain|rotat)|user-?agents?$|fake-?useragent|sentiment|afinn|vader|emotion|gender|face-?api|opencv|human-?face|clearbit|pipl|hunter-?io|whois|maxmind|geoip/i;

export const wrongPackages = (names: readonly string[]): readonly string[] => names.filter((name) => WRONG_PACKAGE.test(name));
