import { fromBER, ObjectIdentifier, type BaseBlock, type Sequence } from 'asn1js';

// DER (X.690 §10), as far as officers' messages and keys need it. What was signed by others is copied octet by octet
// and never encoded anew; asn1js's RawData can't do that inside of other values.

export type Octets = Uint8Array<ArrayBuffer>;

export const NULL: Octets = new Uint8Array([5, 0]);

export function value(tag: number, ...parts: readonly Uint8Array[]): Octets {
  const content = joined(parts);
  const length: number[] = [];
  for (let rest = content.length; rest > 0; rest >>>= 8) {
    length.unshift(rest & 255);
  }
  const header = content.length < 128 ? [tag, content.length] : [tag, 128 + length.length, ...length];
  return joined([new Uint8Array(header), content]);
}

export function sequence(...parts: readonly Uint8Array[]): Octets {
  return value(0x30, ...parts);
}

/** The elements of a SET OF, in the order that DER demands (X.690 §11.6). */
export function sorted(elements: readonly Uint8Array[]): Uint8Array[] {
  return [...elements].sort((a, b) => {
    for (let i = 0; i < a.length && i < b.length; i++) {
      if (a[i] !== b[i]) {
        return a[i]! - b[i]!;
      }
    }
    return a.length - b.length;
  });
}

export function set(...elements: readonly Uint8Array[]): Octets {
  return value(0x31, ...sorted(elements));
}

/** The octets as an unsigned INTEGER. */
export function integer(unsigned: Uint8Array): Octets {
  let start = 0;
  while (start < unsigned.length - 1 && unsigned[start] === 0) {
    start++;
  }
  const shortest = unsigned.slice(start);
  return value(2, shortest[0]! > 127 ? new Uint8Array(1) : new Uint8Array(0), shortest);
}

export function small(number: number): Octets {
  return integer(new Uint8Array([number]));
}

export function octetString(content: Uint8Array): Octets {
  return value(4, content);
}

export function identifier(dotted: string): Octets {
  return new Uint8Array(new ObjectIdentifier({ value: dotted }).toBER(false));
}

export function joined(parts: readonly Uint8Array[]): Octets {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The elements of the SEQUENCE that fills the octets. */
export function elements(octets: Uint8Array): BaseBlock[] {
  const { result, offset } = fromBER(octets.slice());
  if (offset !== octets.length || result.idBlock.tagClass !== 1 || result.idBlock.tagNumber !== 16) {
    throw new Error('not a SEQUENCE in DER');
  }
  return (result as Sequence).valueBlock.value;
}

/** A value's own octets, as they came. */
export function raw(block: BaseBlock | undefined): Octets {
  if (block === undefined) {
    throw new Error('a value is missing');
  }
  return block.valueBeforeDecodeView.slice();
}
