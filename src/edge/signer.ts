/** The installation's own signature, under journal heads and statements. The key never leaves its file. */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { join } from 'node:path';
import { readKeyFile, writeKeyFile } from './keyFile.ts';

/** `folder` holds `signer.pem`; made at first start. `keyId`: 16 hexadecimal digits of the public key's SHA-256. */
export function openSigner(options: { readonly folder: string }) {
  const path = join(options.folder, 'signer.pem');
  let pem = readKeyFile(path);
  if (pem === null) {
    pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    writeKeyFile(path, pem);
  }
  const key = createPrivateKey(pem);
  const open = createPublicKey(key);
  const keyId = createHash('sha256')
    .update(open.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16);
  return {
    keyId,
    publicKeyPem: open.export({ type: 'spki', format: 'pem' }).toString(),
    /** Ed25519 over the UTF-8 of the text; base64. */
    sign: (text: string): string => sign(null, Buffer.from(text, 'utf8'), key).toString('base64'),
  };
}
