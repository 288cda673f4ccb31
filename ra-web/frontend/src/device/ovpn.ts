import { toPem } from '../encoding';
import { type Bundle, type DeviceFile, type Identity, textFile } from './bundle';
import { all } from './certificate';
import { encryptedKey } from './encryptedKey';
import { comment, openvpn } from './escape';
import type { OpenVpnServer } from './service';

/** A configuration for OpenVPN 2.5 or later with everything in it; the key in it is encrypted. */
export async function ovpn(bundle: Bundle, identity: Identity, server: OpenVpnServer): Promise<DeviceFile> {
  const text = `# ${comment(server.name)}
client
dev tun
proto ${server.tcp ? 'tcp' : 'udp'}
remote ${openvpn(server.address)} ${Math.trunc(server.port)}
resolv-retry infinite
nobind
persist-key
persist-tun
remote-cert-tls server
verify-x509-name ${openvpn(server.serverName)} name
tls-version-min 1.2
data-ciphers ${server.ciphers.map((cipher) => cipher.replace(/[^A-Z0-9-]/g, '')).join(':')}
auth SHA256
auth-nocache
verb 3
<ca>
${all(server.trust).map((der) => toPem('CERTIFICATE', der)).join('')}</ca>
<cert>
${identity.certificates.slice(0, -1).map((der) => toPem('CERTIFICATE', der)).join('')}</cert>
<key>
${await encryptedKey(identity.privateKey, bundle.password)}</key>
${server.tlsCrypt === undefined ? '' : `<tls-crypt>\n${server.tlsCrypt.replace(/[<>]/g, '')}</tls-crypt>\n`}`;
  return textFile(`${bundle.stem}.ovpn`, 'application/x-openvpn-profile', text);
}
