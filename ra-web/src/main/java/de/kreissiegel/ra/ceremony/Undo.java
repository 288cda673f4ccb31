package de.kreissiegel.ra.ceremony;

import de.kreissiegel.hsm.vault.VaultUnusable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a ceremony did and takes back, the last first, if it breaks off before it is whole. What
 * can't be taken back is told, and hinders none of the rest.
 */
final class Undo implements AutoCloseable {
  private final Room room;
  private final Deque<Step> steps = new ArrayDeque<>();

  Undo(Room room) {
    this.room = room;
  }

  /** Something that takes back what was done. */
  @FunctionalInterface
  interface Task {
    void perform() throws VaultUnusable, IOException;
  }

  private record Step(Task task, String left, Object what) {}

  /**
   * Notes what is to be done if the ceremony breaks off.
   *
   * @param left the key of the words that tell what remains: {@code {0}} is what, {@code {1}} why
   */
  void add(String left, Object what, Task task) {
    steps.push(new Step(task, left, what));
  }

  /** It is whole: all remains as it is. */
  void keep() {
    steps.clear();
  }

  @Override
  public void close() {
    while (!steps.isEmpty()) {
      Step last = steps.pop();
      try {
        last.task().perform();
      } catch (VaultUnusable | IOException | RuntimeException failed) {
        room.tell(room.words().say(last.left(), last.what(), String.valueOf(failed.getMessage())));
      }
    }
  }
}
