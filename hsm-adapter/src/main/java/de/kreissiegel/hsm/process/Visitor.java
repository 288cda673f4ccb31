package de.kreissiegel.hsm.process;

import java.io.IOException;
import java.nio.channels.ByteChannel;

/** A connection that was made and not yet spoken on. */
interface Visitor {
  /** Whose it is: visitors of one name share a limit. */
  String name();

  /** Makes it ready to be spoken on; the other side proves who it is, if it hasn't already. */
  ByteChannel enter() throws IOException;

  /** Ends it, from any thread, also while it enters. */
  void close();
}
