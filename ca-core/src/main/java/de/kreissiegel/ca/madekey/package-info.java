/**
 * Keys of encryption that are made on the server, for who has no browser that could. In comes an
 * application that asks for one, where a profile and the tenant allow escrow; out go a password,
 * once and at once, and later, by a link and that password, one PKCS#12 file. A key that signs or
 * proves who somebody is, is never made here.
 */
package de.kreissiegel.ca.madekey;
