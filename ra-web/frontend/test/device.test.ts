import { unzipSync } from 'fflate';
import { Window } from 'happy-dom';
import { describe, expect, it } from 'vitest';
import type { Bundle, DeviceFile } from '../src/device/bundle';
import { mobileconfig } from '../src/device/mobileconfig';
import { networkmanager } from '../src/device/networkmanager';
import { ovpn } from '../src/device/ovpn';
import { pem } from '../src/device/pem';
import { sswan } from '../src/device/sswan';
import { swanctl } from '../src/device/swanctl';
import { stableUuid } from '../src/device/uuid';
import { windows } from '../src/device/windows';
import { toHex } from '../src/encoding';
import { bundle, TRANSPORT } from './deviceBundle';
import { plainKey } from './officer';

const NICE = 'vpn.example';
const NASTY = [
  `"; } exec = "x`,
  `'; Remove-Item C:\\ -Recurse #`,
  `‘; Remove-Item C:\\ #’`,
  `</string><key>PayloadType</key>&lt;]]>`,
  `x\n[vpn]\nuser-script=/tmp/x`,
  `x"\nscript-security 2\nup "/tmp/x`,
  `</ca>\n<connection>`,
  `\\`,
  `ends with blank `,
  `"`,
  `\u0000\u2028\ud800`,
];

const text = (file: DeviceFile): string => new TextDecoder().decode(file.content);
const own = (of: Bundle) => of.identities[0]!;
/** Its PKCS#12 file is a few octets: making real ones takes long, and what they hold is no text. */
const quick = (name: string): Bundle => ({ ...bundle(name), pkcs12: () => Promise.resolve(new ArrayBuffer(9)) });
const ike = (of: Bundle) => own(of).delivery.ikeGateways;

const makers: Record<string, (of: Bundle) => Promise<DeviceFile>> = {
  mobileconfig,
  windows,
  pem,
  sswan: (of) => sswan(of, own(of), ike(of)[0]!),
  ovpn: (of) => ovpn(of, own(of), own(of).delivery.openVpnServers[0]!),
  swanctl: (of) => swanctl(of, own(of), ike(of)),
  networkmanager: (of) => networkmanager(of, own(of), ike(of)),
};

/** A file's form: what is left of it without its values, by a reader of the format. */
const forms: Record<string, (file: DeviceFile) => unknown> = {
  mobileconfig: (file) => {
    const xml = new new Window().DOMParser().parseFromString(text(file), 'text/xml');
    return [...xml.querySelectorAll('*')].map((one) => (one.tagName === 'key' ? one.textContent : one.tagName));
  },
  sswan: (file) => {
    const keys: string[] = [];
    JSON.parse(text(file), (key, value: unknown) => (keys.push(key), value));
    return keys;
  },
  windows: (file) => text(file).replace(/'(?:[^'\u2018-\u201b]|(['\u2018-\u201b])\1)*'/g, "''"),
  ovpn: (file) =>
    text(file).replace(/"(?:[^"\\\n]|\\.)*"/g, '""').replace(/^# .*/, '#').replace(/-----BEGIN[^<]*/g, ''),
  pem: (file) => text(file).match(/-----BEGIN .*/g),
  swanctl: (file) => settings(file).map((one) => one.replace(/"(?:[^"\\\n]|\\.)*"/g, '""').replace(/# .*/g, '#')),
  networkmanager: (file) => settings(file).map((one) => one.replace(/=.*/g, '=')),
};

function files(file: DeviceFile): Record<string, string> {
  const entries = Object.entries(unzipSync(file.content));
  return Object.fromEntries(entries.map(([path, octets]) => [path, new TextDecoder().decode(octets)]));
}

function settings(file: DeviceFile): string[] {
  return Object.entries(files(file))
    .filter(([path]) => !/\.(pem|key)$/.test(path))
    .map(([path, content]) => `${path}\n${content}`);
}

describe.each(Object.keys(makers))('a file for %s', (kind) => {
  it('has the same form whatever things are called', async () => {
    const form = forms[kind]!;
    const expected = form(await makers[kind]!(quick(NICE)));
    for (const name of NASTY) {
      expect(form(await makers[kind]!(quick(name))), JSON.stringify(name)).toEqual(expected);
    }
  });

  it('holds neither the password nor the open key', async () => {
    const made = await makers[kind]!(bundle(NICE));
    const all = kind === 'swanctl' || kind === 'networkmanager' ? Object.values(files(made)).join('') : text(made);
    expect(all).not.toContain(TRANSPORT);
    expect(all).not.toContain('BEGIN PRIVATE KEY');
    const secret = toHex(plainKey('p256')).slice(72, 136);
    expect(toHex(made.content.buffer)).not.toContain(secret);
    for (const shift of [0, 1, 2]) {
      const octets = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret, 'hex')]);
      expect(all.replace(/\s/g, '')).not.toContain(octets.toString('base64').slice(4, 36));
    }
  });
});

describe('a configuration profile', () => {
  it('keeps its identifiers when it is made anew, and has others for another certificate', async () => {
    const ids = async (of: Bundle) => text(await mobileconfig(of)).match(/[0-9A-F]{8}-[0-9A-F-]{27}/g);
    expect(await ids(bundle(NICE))).toEqual(await ids(bundle(NICE)));
    expect((await ids(bundle(NICE, { id: 'devices-ffff' })))![0]).not.toBe((await ids(bundle(NICE)))![0]);
  });

  it('has no mail account for a certificate without an address', async () => {
    const { mail: _, ...without } = own(bundle(NICE)).delivery;
    const made = { ...bundle(NICE), identities: [{ ...own(bundle(NICE)), delivery: without }] };
    expect(text(await mobileconfig(made))).not.toContain('com.apple.mail.managed');
  });
});

it('makes UUIDs of version 8 that differ with each word', async () => {
  const uuid = await stableUuid('a', 'b');
  expect(uuid).toMatch(/^[0-9A-F]{8}-[0-9A-F]{4}-8[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$/);
  expect(await stableUuid('a', 'b')).toBe(uuid);
  expect(await stableUuid('ab')).not.toBe(uuid);
});
