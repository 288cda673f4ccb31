package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.disk.DurableFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes checkpoints in turn into the two slots. One thread at a time. */
final class CheckpointFile implements AutoCloseable {
  private final FileChannel channel;
  private final CheckpointSigner signer;
  private int lastSlot;

  private CheckpointFile(FileChannel channel, CheckpointSigner signer, int lastSlot) {
    this.channel = channel;
    this.signer = signer;
    this.lastSlot = lastSlot;
  }

  /** Makes the file; both slots hold the same. */
  static void create(Path directory, CheckpointSigner signer, Checkpoint first) throws IOException {
    try (CheckpointFile file =
        new CheckpointFile(
            DurableFiles.create(directory.resolve(CheckpointSlots.FILE)), signer, 0)) {
      file.write(first);
      file.write(first);
    }
    DurableFiles.syncDirectory(directory);
  }

  static CheckpointFile open(Path directory, CheckpointSigner signer, CheckpointSlots slots)
      throws IOException {
    FileChannel channel =
        FileChannel.open(directory.resolve(CheckpointSlots.FILE), StandardOpenOption.WRITE);
    return new CheckpointFile(channel, signer, slots.newestSlot());
  }

  /** Returns when it is on disk. */
  void write(Checkpoint checkpoint) throws IOException {
    byte[] encoded = checkpoint.encoded();
    int slot = 1 - lastSlot;
    CheckpointSlots.write(channel, slot, encoded, signer.sign(encoded));
    lastSlot = slot;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
