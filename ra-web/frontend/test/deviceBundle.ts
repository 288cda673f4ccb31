import { pkcs12 } from '../src/collect/pkcs12';
import type { Bundle } from '../src/device/bundle';
import type { Delivery } from '../src/device/service';
import { toBase64 } from '../src/encoding';
import { fixture, plainKey } from './officer';

export const TRANSPORT = 'k7f2m-aaaaa-bbbbb-ccccc-ddddd';

/** A certificate with a service of each kind, all of which are called `name`. */
export function bundle(name: string, more: Partial<Delivery> = {}): Bundle {
  const issuer = toBase64(fixture('p384.crt'));
  const trust = { issuers: [issuer], above: [toBase64(fixture('rsa.crt'))] };
  const delivery: Delivery = {
    id: 'devices-0a1b',
    identity: name,
    mail: name,
    compatible: true,
    ikeGateways: [
      {
        name,
        address: name,
        remoteId: name,
        trust,
        subnets: ['10.20.0.0/16', 'fd00::/8'],
        searchDomains: ['intern.example'],
        suite: 'aes256-gcm-ecp384',
      },
    ],
    openVpnServers: [
      {
        name,
        address: name,
        port: 1194,
        tcp: false,
        serverName: name,
        trust,
        tlsCrypt: '-----BEGIN OpenVPN Static key V1-----\n00\n-----END OpenVPN Static key V1-----\n',
        ciphers: ['AES-256-GCM'],
      },
    ],
    wirelessNetworks: [{ name, ssid: name, serverNames: [name], trust }],
    mailServers: [{ name, imap: name, smtp: name }],
    ...more,
  };
  return {
    identities: [
      { privateKey: plainKey('p256'), certificates: [fixture('p256.crt'), fixture('p384.crt')], name, delivery },
    ],
    password: TRANSPORT,
    stem: 'agross-vpn',
    pkcs12: (identities) => pkcs12({ entries: identities, password: TRANSPORT }),
  };
}
