import { toHex } from '../encoding';
import { type Bundle, type DeviceFile, type Identity, textFile } from './bundle';
import { all, appleKeyType, commonName, isRoot, octets } from './certificate';
import { type Dictionary, plist } from './plist';
import { type IkeGateway, type MailServer, SUITES, type WirelessNetwork } from './service';
import { stableUuid } from './uuid';

const IDENTIFIER = 'de.kreissiegel';
const EAP_TLS = 13;
const IMAPS = 993;
const SUBMISSIONS = 465;

/**
 * A configuration profile for iOS, iPadOS and macOS, by Apple's "Device Management" reference. It holds a private
 * key, and is therefore made here and signed by nobody. The password of the identity isn't in it: the device asks.
 */
export async function mobileconfig(bundle: Bundle): Promise<DeviceFile> {
  const payloads: Dictionary[] = [];
  for (const identity of bundle.identities) {
    payloads.push(...(await payloadsOf(identity, bundle)));
  }
  const ids = bundle.identities.map(({ delivery }) => delivery.id);
  const title = bundle.identities.map(({ name }) => name).join(', ');
  const root = await payload('Configuration', title, ids, 'profile', {
    PayloadContent: unique(payloads),
    PayloadRemovalDisallowed: false,
  });
  return textFile(`${bundle.stem}.mobileconfig`, 'application/x-apple-aspen-config', plist(root));
}

async function payloadsOf(identity: Identity, bundle: Bundle): Promise<Dictionary[]> {
  const { delivery, name } = identity;
  const file = await bundle.pkcs12([identity]);
  const own = await payload('com.apple.security.pkcs12', name, [delivery.id], 'identity', {
    PayloadCertificateFileName: `${delivery.id}.p12`,
    PayloadContent: file,
  });
  const trusts = [...delivery.ikeGateways, ...delivery.wirelessNetworks].map(({ trust }) => trust);
  const chain = identity.certificates.slice(1);
  const authorities = await Promise.all([...chain, ...all(...trusts)].map(authority));
  const uuid = own.PayloadUUID as string;
  return [
    own,
    ...authorities,
    ...(await Promise.all(delivery.ikeGateways.map((one) => vpn(identity, one, uuid)))),
    ...(await Promise.all(delivery.wirelessNetworks.map((one) => wifi(identity, one, uuid)))),
    ...(await Promise.all(mailServers(identity).map((one) => mail(identity, one, uuid)))),
  ];
}

/** Two certificates of an order share their authorities. */
function unique(payloads: readonly Dictionary[]): Dictionary[] {
  return [...new Map(payloads.map((one) => [one['PayloadUUID'], one])).values()];
}

async function payload(type: string, title: string, ids: readonly string[], part: string, more: Dictionary) {
  return {
    PayloadType: type,
    PayloadVersion: 1,
    PayloadIdentifier: `${IDENTIFIER}.${ids.join('.')}.${part}`,
    PayloadUUID: await stableUuid(...ids, part),
    PayloadDisplayName: title,
    ...more,
  } satisfies Dictionary;
}

async function authority(der: ArrayBuffer): Promise<Dictionary> {
  const hash = toHex(await crypto.subtle.digest('SHA-256', der));
  const type = isRoot(der) ? 'com.apple.security.root' : 'com.apple.security.pkcs1';
  return payload(type, commonName(der), [hash], 'authority', {
    PayloadCertificateFileName: `${hash.slice(0, 16)}.cer`,
    PayloadContent: der,
  });
}

async function vpn(identity: Identity, gateway: IkeGateway, identityUuid: string): Promise<Dictionary> {
  const suite = SUITES[gateway.suite].apple;
  const association = {
    EncryptionAlgorithm: suite.cipher,
    IntegrityAlgorithm: suite.integrity,
    DiffieHellmanGroup: suite.group,
  };
  const [own] = identity.certificates;
  const issuers = octets(gateway.trust.issuers);
  return payload('com.apple.vpn.managed', gateway.name, [identity.delivery.id], `vpn.${await part(gateway.name)}`, {
    UserDefinedName: gateway.name,
    VPNType: 'IKEv2',
    IKEv2: {
      RemoteAddress: gateway.address,
      RemoteIdentifier: gateway.remoteId,
      LocalIdentifier: identity.delivery.identity ?? commonName(own!),
      AuthenticationMethod: 'Certificate',
      PayloadCertificateUUID: identityUuid,
      CertificateType: appleKeyType(own!),
      // The device can name one issuer only; while an authority has two generations, none is named.
      ServerCertificateIssuerCommonName: issuers.length === 1 ? commonName(issuers[0]!) : undefined,
      ExtendedAuthEnabled: 0,
      EnablePFS: 1,
      EnableCertificateRevocationCheck: 1,
      DisableRedirect: 1,
      DeadPeerDetectionRate: 'Medium',
      IKESecurityAssociationParameters: association,
      ChildSecurityAssociationParameters: association,
    },
  });
}

async function wifi(identity: Identity, network: WirelessNetwork, identityUuid: string): Promise<Dictionary> {
  const anchors = await Promise.all(all(network.trust).map(authority));
  return payload('com.apple.wifi.managed', network.name, [identity.delivery.id], `wifi.${await part(network.name)}`, {
    SSID_STR: network.ssid,
    HIDDEN_NETWORK: false,
    AutoJoin: true,
    EncryptionType: 'WPA2',
    PayloadCertificateUUID: identityUuid,
    EAPClientConfiguration: {
      AcceptEAPTypes: [EAP_TLS],
      PayloadCertificateAnchorUUID: anchors.map((one) => one['PayloadUUID'] as string),
      TLSTrustedServerNames: network.serverNames,
      TLSMinimumVersion: '1.2',
    },
  });
}

/** None without an address: whose mail would it be? */
function mailServers({ delivery }: Identity): readonly MailServer[] {
  return delivery.mail === undefined ? [] : delivery.mailServers;
}

async function mail(identity: Identity, server: MailServer, identityUuid: string): Promise<Dictionary> {
  const address = identity.delivery.mail ?? '';
  return payload('com.apple.mail.managed', server.name, [identity.delivery.id], `mail.${await part(server.name)}`, {
    EmailAccountDescription: server.name,
    EmailAccountType: 'EmailTypeIMAP',
    EmailAddress: address,
    IncomingMailServerAuthentication: 'EmailAuthPassword',
    IncomingMailServerHostName: server.imap,
    IncomingMailServerPortNumber: IMAPS,
    IncomingMailServerUseSSL: true,
    IncomingMailServerUsername: address,
    OutgoingMailServerAuthentication: 'EmailAuthPassword',
    OutgoingMailServerHostName: server.smtp,
    OutgoingMailServerPortNumber: SUBMISSIONS,
    OutgoingMailServerUseSSL: true,
    OutgoingMailServerUsername: address,
    OutgoingPasswordSameAsIncomingPassword: true,
    SMIMEEnabled: true,
    SMIMESigningEnabled: true,
    SMIMESigningCertificateUUID: identityUuid,
    SMIMEEncryptByDefault: false,
    SMIMEEncryptionEnabled: true,
    SMIMEEncryptionCertificateUUID: identityUuid,
  });
}

/** A name in an identifier: letters and digits only, and different for different names. */
async function part(name: string): Promise<string> {
  return (await stableUuid(name)).slice(0, 8).toLowerCase();
}
