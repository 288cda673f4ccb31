// Base64, hexadecimal and PEM. Only what this folder needs.

export function toBase64(octets: ArrayBuffer): string {
  let text = '';
  for (const octet of new Uint8Array(octets)) {
    text += String.fromCharCode(octet);
  }
  return btoa(text);
}

export function fromBase64(text: string): ArrayBuffer {
  const plain = atob(text.replace(/\s+/g, ''));
  const octets = new Uint8Array(plain.length);
  for (let i = 0; i < plain.length; i++) {
    octets[i] = plain.charCodeAt(i);
  }
  return octets.buffer;
}

export function toHex(octets: ArrayBuffer): string {
  return [...new Uint8Array(octets)].map((octet) => octet.toString(16).padStart(2, '0')).join('');
}

/** PEM (RFC 7468) with one block. */
export function toPem(label: string, octets: ArrayBuffer): string {
  const lines = toBase64(octets).match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** The octets of all blocks with this label, in their order. */
export function fromPem(label: string, text: string): ArrayBuffer[] {
  const block = new RegExp(`-----BEGIN ${label}-----([A-Za-z0-9+/=\\s]+)-----END ${label}-----`, 'g');
  return [...text.matchAll(block)].map((match) => fromBase64(match[1] ?? ''));
}
