/**
 * The way to a vault in another process. In comes the path of its socket, out goes a {@link
 * de.kreissiegel.hsm.signing.Signer} that keeps a few connections, makes them anew, gives up after
 * a time, and says whether the vault isn't running, refused, or doesn't know the key.
 */
package de.kreissiegel.hsm.client;
