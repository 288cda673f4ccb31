import { describe, expect, it } from 'vitest';
import { ALPHABET, ENTROPY, transportPassword } from '../src/collect/password';

describe('the transport password', () => {
  it('has at least 120 bits', () => {
    expect(ENTROPY).toBeGreaterThanOrEqual(120);
  });

  it('is five groups of five readable signs', () => {
    expect(transportPassword()).toMatch(new RegExp(`^([${ALPHABET}]{5}-){4}[${ALPHABET}]{5}$`));
  });

  it('has no sign that is mistaken for another', () => {
    expect(ALPHABET).not.toMatch(/[01ilo]/i);
    expect(new Set(ALPHABET).size).toBe(ALPHABET.length);
  });

  it('makes no sign likelier than another', () => {
    // Every octet once: those beyond the last whole round of the alphabet have to be thrown away.
    const counts = new Map<string, number>();
    let next = 0;
    const everyOctet = (octets: Uint8Array<ArrayBuffer>): void => {
      octets[0] = next++ % 256;
    };
    for (let i = 0; i < 31 * 8; i++) {
      for (const sign of transportPassword(everyOctet).replaceAll('-', '')) {
        counts.set(sign, (counts.get(sign) ?? 0) + 1);
      }
    }
    expect(new Set(counts.values())).toEqual(new Set([200]));
  });

  it('is another one each time', () => {
    expect(new Set(Array.from({ length: 100 }, () => transportPassword())).size).toBe(100);
  });
});
