/** Passwords: argon2id of the platform, and what is too weak to be one. */
import { argon2, randomBytes } from 'node:crypto';
import { sameSecret } from './sameSecret.ts';

/** OWASP's first choice for argon2id (2025): 19 MiB, two passes, one lane; about 50 to 150 ms here, off the event loop. */
const MEMORY = 19_456;
const PASSES = 2;
const LENGTH = 32;

/** NIST SP 800-63B asks that long ones be taken; a limit keeps one request cheap. */
const SHORTEST = 12;
const LONGEST = 256;

function digest(password: string, nonce: Buffer, memory: number, passes: number): Promise<Buffer> {
  const message = Buffer.from(password.normalize('NFKC'), 'utf8');
  return new Promise((resolve, reject) => {
    argon2('argon2id', { message, nonce, parallelism: 1, tagLength: LENGTH, memory, passes }, (error, found) => {
      if (error) reject(new Error('the password could not be hashed', { cause: error }));
      else resolve(Buffer.from(found));
    });
  });
}

/** In PHC form, with its parameters, so that they can grow. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const hash = await digest(password, nonce, MEMORY, PASSES);
  return `$argon2id$v=19$m=${MEMORY},t=${PASSES},p=1$${nonce.toString('base64')}$${hash.toString('base64')}`;
}

const FORM = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=1\$([A-Za-z0-9+/=]+)\$([A-Za-z0-9+/=]+)$/;
const NOBODY = `$argon2id$v=19$m=${MEMORY},t=${PASSES},p=1$${Buffer.alloc(16).toString('base64')}$${Buffer.alloc(LENGTH).toString('base64')}`;

/** `secret` empty or null (no such account, or not yet taken up): takes as long as a wrong password, and is false. */
export async function isPassword(password: string, secret: string | null): Promise<boolean> {
  const form = FORM.exec(secret === null || secret === '' ? NOBODY : secret);
  if (form === null) throw new Error('a stored password hash has an unknown form');
  const [, memory, passes, nonce, hash] = form;
  const wanted = Buffer.from(hash!, 'base64');
  const found = await digest(password.slice(0, LONGEST), Buffer.from(nonce!, 'base64'), Number(memory), Number(passes));
  return secret !== null && secret !== '' && sameSecret(found, wanted);
}

/** Beginnings of what people choose when a long password is asked for; written without the look-alike signs. */
const COMMON = [
  ...'password passwort passw0rd letmein welcome qwerty qwertz azerty asdfgh zxcvbn iloveyou administrator admin root test guest master'.split(
    ' ',
  ),
  ...'changeme default secret monkey dragon football baseball sunshine princess superman batman trustno1 starwars whatever'.split(' '),
  ...'woaini woaini1314 mima nihao zhongguo beijing shanghai heed wenying 1q2w3e 1qaz2wsx qazwsx q1w2e3 abc123 a1b2c3'.split(' '),
];
const ROWS = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik'];

/** Characters that neither repeat nor go on in an alphabet, in digits or along a keyboard. */
function nSurprising(text: string): number {
  let n = 0;
  for (let at = 0; at < text.length; at++) {
    const pair = text.slice(at - 1, at + 1);
    const back = [...pair].reverse().join('');
    const goesOn = at > 0 && (pair[0] === pair[1] || ROWS.some((row) => row.includes(pair) || row.includes(back)));
    if (!goesOn) n++;
  }
  return n;
}

/** Too short, too common, or made from the account's own words. Any characters are welcome, spaces too. */
export function isWeak(password: string, own: readonly string[]): boolean {
  const plain = password.normalize('NFKC').toLowerCase();
  const length = Array.from(plain).length;
  if (length < SHORTEST || password.length > LONGEST) return true;
  if (new Set(plain).size < 5 || nSurprising(plain) < 6) return true;
  const rest = own.filter((word) => word.length >= 3).reduce((text, word) => text.replaceAll(word.toLowerCase(), ''), plain);
  if (Array.from(rest).length < 8) return true;
  const letters = plain.replaceAll('@', 'a').replaceAll('$', 's').replaceAll('3', 'e');
  return COMMON.some((word) =>
    [plain, letters].some((text) => text.replaceAll(word, '').replace(/[\d\W_]/gu, '').length < 4 && text.includes(word)),
  );
}
