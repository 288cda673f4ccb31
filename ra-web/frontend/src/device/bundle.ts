import type { Entry } from '../collect/pkcs12';
import type { Delivery } from './service';

/** A certificate with its key, and what its device is to be told. */
export interface Identity extends Entry {
  readonly delivery: Delivery;
}

/** All that a device's file is made of. */
export interface Bundle {
  readonly identities: readonly Identity[];
  /** Letters, digits and hyphens. */
  readonly password: string;
  /** A file's name without its ending. */
  readonly stem: string;
  /** Makes a PKCS#12 file of some of the identities, strong or for old importers. */
  readonly pkcs12: (identities: readonly Identity[]) => Promise<ArrayBuffer>;
}

/** A finished file. */
export interface DeviceFile {
  readonly name: string;
  readonly type: string;
  readonly content: Uint8Array<ArrayBuffer>;
}

export function textFile(name: string, type: string, text: string): DeviceFile {
  return { name, type, content: new TextEncoder().encode(text) };
}
