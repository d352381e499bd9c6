/** Makes certificates for the drill's TLS servers, so that nothing secret lies in the repository and no outside program is needed. */
import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

const DAY = 86_400_000;

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  if (body.length < 128) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const length = Buffer.from(body.length.toString(16).padStart(body.length < 256 ? 2 : 4, '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, body]);
}

const sequence = (...parts: readonly Buffer[]) => der(0x30, ...parts);
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const integer = (bytes: Buffer) => der(0x02, bytes);
/** ecdsa-with-SHA256 */
const ALGORITHM = sequence(oid('2a8648ce3d040302'));
const nameOf = (text: string) => sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(text)))));
const timeOf = (at: number) => der(0x18, Buffer.from(`${new Date(at).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`));

function extensionsOf(host: string, isCa: boolean): Buffer {
  const value = (bytes: Buffer) => der(0x04, bytes);
  const isAddress = /^[\d.]+$/.test(host);
  const alternative = isAddress ? der(0x87, Buffer.from(host.split('.').map(Number))) : der(0x82, Buffer.from(host));
  const list = [
    sequence(oid('551d11'), value(sequence(alternative))),
    ...(isCa ? [sequence(oid('551d13'), der(0x01, Buffer.from([0xff])), value(sequence(der(0x01, Buffer.from([0xff])))))] : []),
  ];
  return der(0xa3, sequence(...list));
}

export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

interface Issuer {
  readonly name: string;
  readonly key: KeyObject;
}

function make(host: string, issuer: Issuer | null, from: number, to: number): Certificate & { readonly issuer: Issuer } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const by = issuer ?? { name: host, key: privateKey };
  const serial = randomBytes(8);
  serial[0] = 0x40;
  const told = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(serial),
    ALGORITHM,
    nameOf(by.name),
    sequence(timeOf(from), timeOf(to)),
    nameOf(host),
    publicKey.export({ type: 'spki', format: 'der' }),
    extensionsOf(host, issuer === null),
  );
  const signed = sequence(told, ALGORITHM, der(0x03, Buffer.from([0]), sign('sha256', told, by.key)));
  const cert = `-----BEGIN CERTIFICATE-----\n${signed.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
  return { cert, key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), issuer: { name: host, key: privateKey } };
}

export interface Certificates {
  /** Trusted by the drill's process, so that only what is wrong with the others is wrong. */
  readonly authority: string;
  readonly good: Certificate;
  readonly expired: Certificate;
  readonly wrongHost: Certificate;
  readonly selfSigned: Certificate;
}

/** `host` is a numeric IPv4 address. */
export function makeCertificates(host: string, now: number): Certificates {
  const authority = make('Drill authority', null, now - DAY, now + DAY);
  return {
    authority: authority.cert,
    good: make(host, authority.issuer, now - DAY, now + DAY),
    expired: make(host, authority.issuer, now - 3 * DAY, now - 2 * DAY),
    wrongHost: make('other.example', authority.issuer, now - DAY, now + DAY),
    selfSigned: make(host, null, now - DAY, now + DAY),
  };
}
