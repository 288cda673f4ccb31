/**
 * The signer as a process of its own. In comes a vault's directory, its passphrase by file, the
 * path of a Unix socket and, for other hosts, a port for TLS; out goes a server that answers {@link
 * de.kreissiegel.hsm.wire.Question}s from peers of an allowed user (SO_PEERCRED) or with a pinned
 * certificate, and never anything but an answer of the protocol. What a peer may take of time,
 * memory and connections is bounded.
 */
package de.kreissiegel.hsm.process;
