export function fromHex(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array((text.match(/../g) ?? []).map((pair) => parseInt(pair, 16)));
}

/** Where the part begins in the whole; -1 if nowhere. */
export function indexOf(whole: Uint8Array, part: Uint8Array): number {
  for (let at = 0; at + part.length <= whole.length; at++) {
    if (part.every((octet, index) => whole[at + index] === octet)) {
      return at;
    }
  }
  return -1;
}
