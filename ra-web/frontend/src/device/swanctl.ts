import { toPem } from '../encoding';
import { archive } from './archive';
import { type Bundle, type DeviceFile, type Identity } from './bundle';
import { all, octets } from './certificate';
import { encryptedKey } from './encryptedKey';
import { swan } from './escape';
import { type IkeGateway, SUITES } from './service';

/**
 * `swanctl.conf` and what it names, to be unpacked over `/etc/swanctl`. `swanctl --load-all` asks for the key's
 * password.
 */
export async function swanctl(
  bundle: Bundle,
  identity: Identity,
  gateways: readonly IkeGateway[],
): Promise<DeviceFile> {
  const id = identity.delivery.id;
  const [own, ...chain] = identity.certificates;
  const files: Record<string, string> = {
    [`swanctl/x509/${id}.pem`]: toPem('CERTIFICATE', own!),
    [`swanctl/private/${id}.pem`]: await encryptedKey(identity.privateKey, bundle.password),
  };
  // What lies between the certificate and a root travels along, for gateways that lack it.
  chain.slice(0, -1).forEach((der, at) => (files[`swanctl/x509/${id}-issuer-${at}.pem`] = toPem('CERTIFICATE', der)));
  all(...gateways.map(({ trust }) => ({ issuers: [], above: trust.above }))).forEach((der, at) => {
    files[`swanctl/x509ca/${id}-above-${at}.pem`] = toPem('CERTIFICATE', der);
  });
  const connections = gateways.map((gateway, at) => {
    const issuers = octets(gateway.trust.issuers).map((der, which) => {
      const name = `${id}-gateway-${at}-${which}.pem`;
      files[`swanctl/x509ca/${name}`] = toPem('CERTIFICATE', der);
      return name;
    });
    return connection(`${id}-${at}`, identity, gateway, issuers);
  });
  files[`swanctl/conf.d/${id}.conf`] = `connections {\n${connections.join('')}}\n`;
  return archive(`${bundle.stem}-swanctl.zip`, files);
}

function connection(name: string, identity: Identity, gateway: IkeGateway, issuers: readonly string[]): string {
  const { ike, esp } = SUITES[gateway.suite];
  const remote = gateway.subnets.length === 0 ? '0.0.0.0/0,::/0' : gateway.subnets.join(',');
  const own = identity.delivery.identity;
  return `  ${name} {
    # ${gateway.name.replace(/[^\p{L}\p{N} .-]/gu, ' ')}
    version = 2
    remote_addrs = ${swan(gateway.address)}
    vips = 0.0.0.0,::
    proposals = ${ike}
    local {
      auth = pubkey
      certs = ${identity.delivery.id}.pem
${own === undefined ? '' : `      id = ${swan(own)}\n`}    }
    remote {
      auth = pubkey
      id = ${swan(gateway.remoteId)}
      cacerts = ${issuers.join(',')}
      revocation = ifuri
    }
    children {
      ${name} {
        remote_ts = ${swan(remote)}
        esp_proposals = ${esp}
        start_action = none
      }
    }
  }
`;
}
