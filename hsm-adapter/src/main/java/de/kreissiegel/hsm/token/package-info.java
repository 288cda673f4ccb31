/**
 * Where private keys live: the software token. In comes a key's name and octets, out goes a
 * signature, or {@link de.kreissiegel.hsm.token.KeyLocked}.
 *
 * <p>At rest, one file a key: a PKCS#8 EncryptedPrivateKeyInfo (RFC 5958 §3) in DER, by PBES2 (RFC
 * 8018 §6.2) with scrypt (RFC 7914: N = 2^15, r = 8, p = 1, 16 octets of salt, 32 of key) over the
 * UTF-8 of the passphrase, and AES-256 in CBC mode with PKCS#7 padding. It is a standard format, so
 * that nobody needs this program to get at their key; a reader must allow scrypt a little more than
 * 32 MiB, which the {@code openssl} command line of today doesn't. What was decrypted is compared
 * with the public key, so a changed file is found. {@code NAME.p8} opens with the operational
 * passphrase, {@code NAME.own.p8} with one of its own; {@code NAME.pub} is the
 * SubjectPublicKeyInfo. All are of mode 600 and written in one step; the {@code p8} file comes last
 * and makes the key exist.
 */
package de.kreissiegel.hsm.token;
