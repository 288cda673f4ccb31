import { sha1 } from '@noble/hashes/legacy.js';
import { hmac } from '@noble/hashes/hmac.js';

/** What a key that is derived from a password is for (RFC 7292 appendix B.3). */
export const KEY = 1;
export const IV = 2;
const MAC = 3;

const BLOCK = 64;
const HASH = 20;

/** Derives octets from a password as PKCS#12 does with SHA-1 (RFC 7292 appendix B.2). */
export function derive(password: string, salt: Uint8Array, purpose: number, iterations: number, length: number) {
  const diversifier = new Uint8Array(BLOCK).fill(purpose);
  const input = concat(fill(salt), fill(bmp(password)));
  const derived = new Uint8Array(Math.ceil(length / HASH) * HASH);
  for (let at = 0; at < derived.length; at += HASH) {
    let hash = sha1(concat(diversifier, input));
    for (let round = 1; round < iterations; round++) {
      hash = sha1(hash);
    }
    derived.set(hash, at);
    addToBlocks(input, repeat(hash, BLOCK));
  }
  return derived.slice(0, length);
}

/** The MAC over a file's contents (RFC 7292 §4, HMAC with SHA-1). */
export function mac(password: string, salt: Uint8Array, iterations: number, contents: Uint8Array): Uint8Array {
  return hmac(sha1, derive(password, salt, MAC, iterations, HASH), contents);
}

/** Big-endian: each block becomes itself plus the other plus one. */
function addToBlocks(blocks: Uint8Array, other: Uint8Array): void {
  for (let start = 0; start < blocks.length; start += BLOCK) {
    let carry = 1;
    for (let at = BLOCK - 1; at >= 0; at--) {
      carry += blocks[start + at]! + other[at]!;
      blocks[start + at] = carry & 0xff;
      carry >>= 8;
    }
  }
}

/** UTF-16, big-endian, with two zeros at the end. */
function bmp(password: string): Uint8Array {
  const octets = new Uint8Array(2 * password.length + 2);
  [...password].forEach((letter, at) => {
    octets[2 * at] = letter.charCodeAt(0) >> 8;
    octets[2 * at + 1] = letter.charCodeAt(0) & 0xff;
  });
  return octets;
}

function fill(octets: Uint8Array): Uint8Array {
  return repeat(octets, BLOCK * Math.ceil(octets.length / BLOCK));
}

function repeat(octets: Uint8Array, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => octets[at % octets.length]!);
}

function concat(one: Uint8Array, other: Uint8Array): Uint8Array {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
