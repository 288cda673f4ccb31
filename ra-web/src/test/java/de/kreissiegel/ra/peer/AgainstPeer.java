package de.kreissiegel.ra.peer;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** The tests of this class speak with that program; see the package's own page. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("peer")
@ExtendWith(PeerExtension.class)
public @interface AgainstPeer {
  Peer value();
}
