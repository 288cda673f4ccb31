/** Letters and digits that nobody mistakes for each other when reading aloud or typing: no 0 o, no 1 i l. */
export const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz';

export const GROUPS = 5;
export const GROUP_LENGTH = 5;

/** Entropy in bits of each password made here: 25 signs out of 31, about 123.9. */
export const ENTROPY = GROUPS * GROUP_LENGTH * Math.log2(ALPHABET.length);

/** A random transport password, as `k7f2m-…`; the hyphens belong to it. */
export function transportPassword(random: (octets: Uint8Array<ArrayBuffer>) => void = fill): string {
  const groups: string[] = [];
  for (let g = 0; g < GROUPS; g++) {
    let group = '';
    while (group.length < GROUP_LENGTH) {
      group += sign(random);
    }
    groups.push(group);
  }
  return groups.join('-');
}

function sign(random: (octets: Uint8Array<ArrayBuffer>) => void): string {
  // Octets above the largest multiple of the alphabet's size are thrown away, or some signs would be likelier.
  const limit = 256 - (256 % ALPHABET.length);
  const octet = new Uint8Array(1);
  do {
    random(octet);
  } while ((octet[0] ?? 255) >= limit);
  return ALPHABET.charAt((octet[0] ?? 0) % ALPHABET.length);
}

function fill(octets: Uint8Array<ArrayBuffer>): void {
  crypto.getRandomValues(octets);
}
