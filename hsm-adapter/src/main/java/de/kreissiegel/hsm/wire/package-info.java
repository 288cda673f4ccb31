/**
 * The language between client and signer. In comes a {@link de.kreissiegel.hsm.wire.Question} or
 * {@link de.kreissiegel.hsm.wire.Answer}, out go octets, and back. A message is a frame: 32 bits of
 * length (big-endian, at most {@link de.kreissiegel.hsm.wire.Framing#LONGEST}) and one DER SEQUENCE
 * whose first element is an INTEGER that says which. The first question of a connection names the
 * version.
 */
package de.kreissiegel.hsm.wire;
