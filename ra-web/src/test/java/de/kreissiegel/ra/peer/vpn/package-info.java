/** Two hosts in network namespaces, and VPN programs of others between them. Needs root. */
@NullMarked
package de.kreissiegel.ra.peer.vpn;

import org.jspecify.annotations.NullMarked;
