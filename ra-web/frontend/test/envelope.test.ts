import { describe, expect, it } from 'vitest';
import type { DeviceFile } from '../src/device/bundle';
import { fromBase64, toBase64 } from '../src/encoding';
import { open, seal } from '../src/handover/envelope';

const FILE: DeviceFile = {
  name: 'agross-vpn.mobileconfig',
  type: 'application/x-apple-aspen-config',
  content: new TextEncoder().encode('a profile with a secret key'),
};

describe('a file that is handed over', () => {
  it('opens with its key, with name and type', async () => {
    expect(await open(await seal(FILE))).toEqual(FILE);
  });

  it('stays shut with another key, a shorter one, or none', async () => {
    const { sealed, key } = await seal(FILE);
    for (const other of [(await seal(FILE)).key, key.slice(0, 20), '']) {
      await expect(open({ sealed, key: other })).rejects.toThrow();
    }
  });

  it('stays shut when one bit was changed anywhere', async () => {
    const { sealed, key } = await seal(FILE);
    const octets = new Uint8Array(fromBase64(sealed));
    for (const at of [0, 12, octets.length - 1]) {
      const changed = octets.slice();
      changed[at]! ^= 1;
      await expect(open({ sealed: toBase64(changed.buffer), key })).rejects.toThrow();
    }
  });

  it('has another key each time, of 256 bits, which fits into a fragment', async () => {
    const [one, other] = [await seal(FILE), await seal(FILE)];
    expect(one.key).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(one.key).not.toBe(other.key);
    expect(atob(one.sealed)).not.toContain('mobileconfig');
  });

  it('is refused where the server would refuse it', async () => {
    await expect(seal({ ...FILE, content: new Uint8Array(64 * 1024) })).rejects.toThrow('too large');
  });
});
