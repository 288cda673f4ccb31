import { describe, expect, it } from 'vitest';
import { compatiblePkcs12 } from '../src/collect/compatible';
import { derive, IV, KEY } from '../src/collect/oldPasswords';
import { toHex } from '../src/encoding';
import { TRANSPORT } from './deviceBundle';
import { fixture, plainKey } from './officer';

const entry = { privateKey: plainKey('p256'), certificates: [fixture('p256.crt'), fixture('p384.crt')], name: 'VPN Haßfurt' };

describe('the PKCS#12 file for old importers', () => {
  it('uses triple DES and SHA-1 alone', async () => {
    const hex = toHex(await compatiblePkcs12({ entries: [entry], password: TRANSPORT }));
    expect(hex.match(/060a2a864886f70d010c0103/g)).toHaveLength(2);
    expect(hex).toContain('06052b0e03021a');
    expect(hex).not.toContain('06092a864886f70d01050d'); // no PBES2
  });

  it('derives keys as others do', () => {
    // The vectors of Bouncy Castle's and OpenSSL's tests: password "smeg", iterations 1.
    const hex = (octets: Uint8Array) => Buffer.from(octets).toString('hex');
    const salt = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));
    expect(hex(derive('smeg', salt('0a58cf64530d823f'), KEY, 1, 24))).toBe(
      '8aaae6297b6cb04642ab5b077851284eb7128f1a2a7fbca3',
    );
    expect(hex(derive('smeg', salt('0a58cf64530d823f'), IV, 1, 8))).toBe('79993dfe048d3b76');
    expect(hex(derive('queeg', salt('05dec959acff72f7'), KEY, 1000, 24))).toBe(
      'ed2034e36328830ff09df1e1a07dd357185dac0d4f9eb3d4',
    );
  });
});
