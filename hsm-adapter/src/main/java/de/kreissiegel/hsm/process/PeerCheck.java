package de.kreissiegel.hsm.process;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;

/** Whose processes may talk to the signer, as the kernel names them (SO_PEERCRED). */
record PeerCheck(Set<String> users) {
  /** The owner of the socket, root, and those named. */
  static PeerCheck of(Path socket, Set<String> alsoAllowed) throws IOException {
    Set<String> users = new HashSet<>(alsoAllowed);
    users.add(Files.getOwner(socket).getName());
    users.add("root");
    return new PeerCheck(Set.copyOf(users));
  }

  /** The user who connected; the number of one without a name. */
  static String userOf(SocketChannel peer) throws IOException {
    return peer.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
  }

  boolean allows(String user) {
    return users.contains(user);
  }
}
