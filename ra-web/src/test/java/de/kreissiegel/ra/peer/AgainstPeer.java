package de.kreissiegel.ra.peer;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The tests of this class speak with these programs; see the package's own page. On a parameter:
 * the session with that one, where a class has several.
 */
@Target({ElementType.TYPE, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
@Tag("peer")
@ExtendWith(PeerExtension.class)
public @interface AgainstPeer {
  Peer[] value();
}
