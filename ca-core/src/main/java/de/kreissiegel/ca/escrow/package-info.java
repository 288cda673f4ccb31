/**
 * Copies of private keys of encryption, kept so that what was encrypted to somebody can be read
 * when they are gone. In come decisions of tenants, and copies that were encrypted where the key
 * was made; out go the vault's key to encrypt to, and what is kept of whom. No copy can be opened
 * from here: its wrapping key is encrypted to the vault, which opens it against officers'
 * signatures ({@code recovery}).
 */
package de.kreissiegel.ca.escrow;
