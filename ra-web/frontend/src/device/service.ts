// What the server tells of a certificate's services; see `DeliveryView` there.

/** Certificates in base64 of DER. */
export interface Trust {
  /** One of them issued the service's own certificate. */
  readonly issuers: readonly string[];
  /** What lies between them and the root. */
  readonly above: readonly string[];
}

export interface IkeGateway {
  readonly name: string;
  readonly address: string;
  readonly remoteId: string;
  readonly trust: Trust;
  readonly subnets: readonly string[];
  readonly searchDomains: readonly string[];
  readonly suite: Suite;
}

export type Suite = 'aes256-gcm-ecp384' | 'aes128-gcm-ecp256';

export interface OpenVpnServer {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly tcp: boolean;
  readonly serverName: string;
  readonly trust: Trust;
  readonly tlsCrypt?: string;
  readonly ciphers: readonly string[];
}

export interface WirelessNetwork {
  readonly name: string;
  readonly ssid: string;
  readonly serverNames: readonly string[];
  readonly trust: Trust;
}

export interface MailServer {
  readonly name: string;
  readonly imap: string;
  readonly smtp: string;
}

export interface Delivery {
  /** The certificate's, as `devices-0a1b`. */
  readonly id: string;
  readonly identity?: string;
  readonly mail?: string;
  readonly compatible: boolean;
  readonly ikeGateways: readonly IkeGateway[];
  readonly openVpnServers: readonly OpenVpnServer[];
  readonly wirelessNetworks: readonly WirelessNetwork[];
  readonly mailServers: readonly MailServer[];
}

/** What the words of a suite are called by strongSwan, Apple's systems and Windows. */
export const SUITES = {
  'aes256-gcm-ecp384': {
    ike: 'aes256gcm16-prfsha384-ecp384',
    esp: 'aes256gcm16-ecp384',
    apple: { cipher: 'AES-256-GCM', integrity: 'SHA2-384', group: 20 },
    windows: { cipher: 'GCMAES256', integrity: 'SHA384', group: 'ECP384' },
  },
  'aes128-gcm-ecp256': {
    ike: 'aes128gcm16-prfsha256-ecp256',
    esp: 'aes128gcm16-ecp256',
    apple: { cipher: 'AES-128-GCM', integrity: 'SHA2-256', group: 19 },
    windows: { cipher: 'GCMAES128', integrity: 'SHA256', group: 'ECP256' },
  },
} as const satisfies Record<Suite, unknown>;
