/**
 * The web server's own TLS certificate: issued by the devices' authority like any other, renewed in
 * time without a restart.
 */
@NullMarked
package de.kreissiegel.ra.tls;

import org.jspecify.annotations.NullMarked;
