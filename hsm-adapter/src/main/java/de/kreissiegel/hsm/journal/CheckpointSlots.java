package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.token.PublicKeys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The two slots of the checkpoint file: what they hold, and what octets a slot is. */
final class CheckpointSlots {
  static final String FILE = "checkpoint";
  static final int SLOT = 512;
  private static final int HEADER = 2 * Short.BYTES;

  private final Optional<Checkpoint> first;
  private final Optional<Checkpoint> second;

  private CheckpointSlots(Optional<Checkpoint> first, Optional<Checkpoint> second) {
    this.first = first;
    this.second = second;
  }

  static CheckpointSlots read(Path directory, Bytes publicKey) throws IOException {
    Path file = directory.resolve(FILE);
    if (!Files.exists(file) || Files.size(file) != 2L * SLOT) {
      return new CheckpointSlots(Optional.empty(), Optional.empty());
    }
    byte[] octets = Files.readAllBytes(file);
    return new CheckpointSlots(
        slot(Arrays.copyOfRange(octets, 0, SLOT), publicKey),
        slot(Arrays.copyOfRange(octets, SLOT, octets.length), publicKey));
  }

  /** The one that covers most. */
  Optional<Checkpoint> newest() {
    if (first.isEmpty() || second.isEmpty()) {
      return first.or(() -> second);
    }
    return newestSlot() == 0 ? first : second;
  }

  /** 0 or 1. */
  int newestSlot() {
    long sizeOfFirst = first.map(Checkpoint::size).orElse(-1L);
    long sizeOfSecond = second.map(Checkpoint::size).orElse(-1L);
    return sizeOfFirst >= sizeOfSecond ? 0 : 1;
  }

  /** Whether both carry a valid signature, as they do but for a power cut. */
  boolean bothWhole() {
    return first.isPresent() && second.isPresent();
  }

  static void write(FileChannel channel, int slot, byte[] checkpoint, byte[] signature)
      throws IOException {
    ByteBuffer octets = ByteBuffer.allocate(SLOT);
    octets.putShort((short) checkpoint.length).putShort((short) signature.length);
    octets.put(checkpoint).put(signature);
    octets.rewind();
    while (octets.hasRemaining()) {
      channel.write(octets, (long) slot * SLOT + octets.position());
    }
    channel.force(false);
  }

  private static Optional<Checkpoint> slot(byte[] octets, Bytes publicKey) {
    ByteBuffer buffer = ByteBuffer.wrap(octets);
    int checkpointLength = buffer.getShort();
    int signatureLength = buffer.getShort();
    int end = HEADER + checkpointLength + signatureLength;
    if (checkpointLength <= 0 || signatureLength <= 0 || end > SLOT) {
      return Optional.empty();
    }
    byte[] checkpoint = Arrays.copyOfRange(octets, HEADER, HEADER + checkpointLength);
    byte[] signature = Arrays.copyOfRange(octets, HEADER + checkpointLength, end);
    boolean paddedWithZeros = Arrays.equals(octets, end, SLOT, new byte[SLOT], end, SLOT);
    if (!paddedWithZeros || !PublicKeys.verifies(publicKey, checkpoint, signature)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Checkpoint.decode(checkpoint));
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }
}
