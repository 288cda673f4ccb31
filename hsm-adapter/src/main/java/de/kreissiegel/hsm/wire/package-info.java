/**
 * The language between client and signer. In comes a {@link de.kreissiegel.hsm.wire.Question} or
 * {@link de.kreissiegel.hsm.wire.Answer}, out go octets, and back. A message is a frame: 32 bits of
 * length (big-endian; a question's at most 256 KiB, an answer's 4 MiB) and one DER SEQUENCE whose
 * first element is an INTEGER that says which. The first question of a connection names the
 * version. Only a list's octets stand outside of frames, behind the question that announces them,
 * so that neither side ever holds them.
 */
package de.kreissiegel.hsm.wire;
