import type { Bundle, DeviceFile, Identity } from './bundle';
import { mobileconfig } from './mobileconfig';
import { networkmanager } from './networkmanager';
import { ovpn } from './ovpn';
import { pem } from './pem';
import { sswan } from './sswan';
import { swanctl } from './swanctl';
import { windows } from './windows';

/** A file that can be made, and for what. */
export interface Choice {
  /** As the page names it. */
  readonly device: string;
  /** The one service that the file is for, where there are several. */
  readonly service: string;
  readonly make: (bundle: Bundle) => Promise<DeviceFile>;
}

/** All files that can be made of these certificates, the usual ones first. */
export function choices(identities: readonly Pick<Identity, 'delivery'>[]): Choice[] {
  const gateways = perService(identities, 'ikeGateways');
  const servers = perService(identities, 'openVpnServers');
  const withGateway = gateways[0];
  return [
    whole('apple', mobileconfig),
    ...gateways.map(({ at, which, label }) => ({
      device: 'android',
      service: label,
      make: (bundle: Bundle) => sswan(bundle, bundle.identities[at]!, bundle.identities[at]!.delivery.ikeGateways[which]!),
    })),
    whole('windows', windows),
    ...servers.map(({ at, which, label }) => ({
      device: 'openvpn',
      service: label,
      make: (bundle: Bundle) => ovpn(bundle, bundle.identities[at]!, bundle.identities[at]!.delivery.openVpnServers[which]!),
    })),
    ...(withGateway === undefined
      ? []
      : [
          whole('networkmanager', (bundle) => ofGateways(bundle, withGateway.at, networkmanager)),
          whole('swanctl', (bundle) => ofGateways(bundle, withGateway.at, swanctl)),
        ]),
    whole('pkcs12', pkcs12),
    whole('pem', pem),
  ];
}

function whole(device: string, make: Choice['make']): Choice {
  return { device, service: '', make };
}

/** Each service of a kind; it is named only where there is another one. */
function perService(identities: readonly Pick<Identity, 'delivery'>[], kind: 'ikeGateways' | 'openVpnServers') {
  const found = identities.flatMap(({ delivery }, at) =>
    delivery[kind].map(({ name }, which) => ({ at, which, name })),
  );
  return found.map(({ at, which, name }) => ({ at, which, label: found.length > 1 ? name : '' }));
}

function ofGateways(bundle: Bundle, at: number, make: typeof swanctl): Promise<DeviceFile> {
  const identity = bundle.identities[at]!;
  return make(bundle, identity, identity.delivery.ikeGateways);
}

async function pkcs12(bundle: Bundle): Promise<DeviceFile> {
  const content = new Uint8Array(await bundle.pkcs12(bundle.identities));
  return { name: `${bundle.stem}.p12`, type: 'application/x-pkcs12', content };
}

/** The device on which this browser probably runs; undefined if nothing can be said. */
export function deviceHere(userAgent: string): string | undefined {
  const known: readonly [RegExp, string][] = [
    [/Android/, 'android'],
    [/iPhone|iPad|Macintosh/, 'apple'],
    [/Windows/, 'windows'],
    [/Linux/, 'networkmanager'],
  ];
  return known.find(([sign]) => sign.test(userAgent))?.[1];
}
