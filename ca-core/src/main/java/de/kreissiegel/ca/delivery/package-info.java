/**
 * What devices connect to with a certificate: gateways, networks, mail servers. {@code
 * services.yaml} in the hierarchy's folder names them, and two people consent to it, for a changed
 * address leads all of a district's traffic elsewhere. In goes a certificate, out comes what its
 * holder's device is to be told ({@link de.kreissiegel.ca.delivery.DeliveryDesk}). The files
 * themselves are made where the private key is, in the holder's browser; none comes by here.
 */
package de.kreissiegel.ca.delivery;
