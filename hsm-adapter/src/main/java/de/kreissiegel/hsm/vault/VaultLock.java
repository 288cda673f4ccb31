package de.kreissiegel.hsm.vault;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One process at a time holds a vault; the lock goes with the process, however it ends. */
record VaultLock(FileChannel channel) implements AutoCloseable {
  static VaultLock take(Path file) throws VaultInUse, IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new VaultLock(channel);
      }
    } catch (OverlappingFileLockException _) {
      // This process holds it already: the same answer.
    }
    channel.close();
    throw new VaultInUse("the vault in %s is in use".formatted(file.getParent()));
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // The lock is gone either way.
    }
  }
}
