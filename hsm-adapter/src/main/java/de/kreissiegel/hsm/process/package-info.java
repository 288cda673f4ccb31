/**
 * The signer as a process of its own. In comes a vault's directory, its passphrase by file and the
 * path of a Unix socket; out goes a server that answers {@link de.kreissiegel.hsm.wire.Question}s
 * from peers of an allowed user (SO_PEERCRED), and never anything but an answer of the protocol.
 */
package de.kreissiegel.hsm.process;
