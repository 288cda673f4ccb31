import { fromBase64, toPem } from '../encoding';
import { archive } from './archive';
import { type Bundle, type DeviceFile, type Identity } from './bundle';
import { anchor } from './certificate';
import { encryptedKey } from './encryptedKey';
import { keyfile, keyfileItem } from './escape';
import { type IkeGateway, SUITES } from './service';
import { stableUuid } from './uuid';

/**
 * Keyfiles for NetworkManager (nm-settings-keyfile(5)) with its strongSwan plugin, the PEM files that they name, and
 * a script that puts all in their places. The password stays with the person: NetworkManager asks for it.
 */
export async function networkmanager(
  bundle: Bundle,
  identity: Identity,
  gateways: readonly IkeGateway[],
): Promise<DeviceFile> {
  const id = identity.delivery.id;
  const folder = `/etc/kreissiegel/${id}`;
  const files: Record<string, string> = {
    'kreissiegel/user.pem': toPem('CERTIFICATE', identity.certificates[0]!),
    'kreissiegel/user.key': await encryptedKey(identity.privateKey, bundle.password),
  };
  for (const [at, gateway] of gateways.entries()) {
    files[`kreissiegel/gateway-${at}.pem`] = toPem('CERTIFICATE', fromBase64(anchor(gateway.trust)));
    files[`kreissiegel/${id}-${at}.nmconnection`] = await connection(identity, gateway, folder, at);
  }
  files['kreissiegel/install.sh'] = install(folder);
  return archive(`${bundle.stem}-networkmanager.zip`, files);
}

async function connection(identity: Identity, gateway: IkeGateway, folder: string, at: number): Promise<string> {
  const { ike, esp } = SUITES[gateway.suite];
  const own = identity.delivery.identity;
  return `[connection]
id=${keyfile(gateway.name)}
uuid=${(await stableUuid(identity.delivery.id, 'nm', gateway.name)).toLowerCase()}
type=vpn
autoconnect=false

[vpn]
service-type=org.freedesktop.NetworkManager.strongswan
address=${keyfile(gateway.address)}
certificate=${folder}/gateway-${at}.pem
remote-identity=${keyfile(gateway.remoteId)}
method=cert
cert-source=file
usercert=${folder}/user.pem
userkey=${folder}/user.key
${own === undefined ? '' : `local-identity=${keyfile(own)}\n`}password-flags=2
virtual=yes
encap=no
ipcomp=no
proposal=yes
ike=${ike}
esp=${esp}
${gateway.subnets.length === 0 ? '' : `remote-ts=${gateway.subnets.map(keyfileItem).join(';')}\n`}
[ipv4]
method=auto
${searchDomains(gateway)}never-default=${gateway.subnets.length > 0}

[ipv6]
method=auto
${searchDomains(gateway)}never-default=${gateway.subnets.length > 0}
`;
}

function searchDomains({ searchDomains: domains }: IkeGateway): string {
  return domains.length === 0 ? '' : `dns-search=${domains.map((one) => `${keyfileItem(one)};`).join('')}\n`;
}

function install(folder: string): string {
  return `#!/bin/sh
# Run it as root: sudo sh install.sh
set -eu
cd "$(dirname "$0")"
install -d -m 700 ${folder}
install -m 600 ./*.pem user.key ${folder}/
install -m 600 ./*.nmconnection /etc/NetworkManager/system-connections/
nmcli connection reload
`;
}
