/**
 * A UUID that is the same each time for the same words (RFC 9562 §5.8, version 8, of SHA-256): a device that gets
 * a file a second time takes it for the first, and puts it in its place.
 */
export async function stableUuid(...words: readonly string[]): Promise<string> {
  const text = new TextEncoder().encode(['kreissiegel', ...words].join('\0'));
  const octets = new Uint8Array(await crypto.subtle.digest('SHA-256', text)).slice(0, 16);
  octets[6] = (octets[6]! & 0x0f) | 0x80;
  octets[8] = (octets[8]! & 0x3f) | 0x80;
  const hex = [...octets].map((octet) => octet.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5').toUpperCase();
}
