/**
 * TLS 1.3 between two who know each other. In comes a PKCS#12 file with one key and the
 * fingerprints of the other side's certificates, out go channels. No authority is trusted: a
 * certificate counts if its SHA-256 is pinned and its time has neither not come nor gone.
 */
package de.kreissiegel.hsm.tls;
