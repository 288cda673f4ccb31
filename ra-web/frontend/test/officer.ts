import { readFileSync } from 'node:fs';
import { fromPem } from '../src/encoding';
import { readCertificate, type OfficerCertificate } from '../src/officer/certificate';
import { signingKey } from '../src/officer/private';
import type { Signer } from '../src/officer/keys';

/** The password of all files in `fixtures`. */
export const PASSWORD = 'Grünkohl 7 €';

export const KINDS = ['p256', 'p384', 'rsa'] as const;
export type Kind = (typeof KINDS)[number];

export function octets(path: string): ArrayBuffer {
  return new Uint8Array(readFileSync(path)).buffer;
}

export function fixture(name: string): ArrayBuffer {
  return octets(`test/fixtures/${name}`);
}

export function certificateOf(kind: Kind): Promise<OfficerCertificate> {
  return readCertificate(fixture(`${kind}.crt`));
}

export function plainKey(kind: Kind): ArrayBuffer {
  return fromPem('PRIVATE KEY', readFileSync(`test/fixtures/${kind}.key`, 'utf8'))[0]!;
}

export async function signerOf(kind: Kind): Promise<Signer> {
  const certificate = await certificateOf(kind);
  return { certificate, key: (await signingKey(plainKey(kind), certificate))! };
}

/** Random numbers that a seed brings back, for tests that print it. */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
