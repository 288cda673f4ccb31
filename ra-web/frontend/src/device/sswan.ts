import { toBase64 } from '../encoding';
import { type Bundle, type DeviceFile, type Identity, textFile } from './bundle';
import { anchor } from './certificate';
import { plain } from './escape';
import { type IkeGateway, SUITES } from './service';
import { stableUuid } from './uuid';

/** A profile for the strongSwan app on Android, by its documentation ("Android VPN Client Profiles"). */
export async function sswan(bundle: Bundle, identity: Identity, gateway: IkeGateway): Promise<DeviceFile> {
  const { ike, esp } = SUITES[gateway.suite];
  const profile = {
    uuid: (await stableUuid(identity.delivery.id, 'sswan', gateway.name)).toLowerCase(),
    name: plain(gateway.name),
    type: 'ikev2-cert',
    remote: {
      addr: gateway.address,
      id: gateway.remoteId,
      cert: anchor(gateway.trust),
      revocation: { crl: true, ocsp: true, strict: false },
    },
    local: {
      p12: toBase64(await bundle.pkcs12([identity])),
      ...(identity.delivery.identity === undefined ? {} : { id: identity.delivery.identity }),
    },
    'ike-proposal': ike,
    'esp-proposal': esp,
    ...(gateway.subnets.length === 0 ? {} : { 'split-tunneling': { subnets: gateway.subnets } }),
  };
  return textFile(`${bundle.stem}.sswan`, 'application/vnd.strongswan.profile', `${JSON.stringify(profile, null, 2)}\n`);
}
