package de.kreissiegel.hsm.process;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who is connected. Where a limit is reached, whoever hasn't greeted yet makes room. */
final class Attendance {
  private final Limits limits;
  private final Set<ServedConnection> open = new HashSet<>();

  Attendance(Limits limits) {
    this.limits = limits;
  }

  /**
   * Takes one more.
   *
   * @return false if there is no room for it
   */
  synchronized boolean admit(ServedConnection newcomer) {
    List<ServedConnection> ofSamePeer =
        open.stream().filter(other -> other.peer().equals(newcomer.peer())).toList();
    boolean room =
        (ofSamePeer.size() < limits.perPeer() || madeAmong(ofSamePeer))
            && (open.size() < limits.connections() || madeAmong(List.copyOf(open)));
    return room && open.add(newcomer);
  }

  private boolean madeAmong(List<ServedConnection> connections) {
    Optional<ServedConnection> oldest =
        connections.stream()
            .filter(connection -> !connection.hasGreeted())
            .min(Comparator.comparingLong(ServedConnection::since));
    oldest.ifPresent(
        silent -> {
          open.remove(silent);
          silent.close();
        });
    return oldest.isPresent();
  }

  synchronized void leave(ServedConnection connection) {
    open.remove(connection);
  }

  synchronized List<ServedConnection> all() {
    return List.copyOf(open);
  }
}
