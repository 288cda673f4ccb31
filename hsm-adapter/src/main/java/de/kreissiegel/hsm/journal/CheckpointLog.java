package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.disk.DurableFiles;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.CheckpointNote;
import de.kreissiegel.hsm.signing.SignedCheckpoint;
import de.kreissiegel.hsm.tree.HashTree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The file of all checkpoints: signed notes, each with an empty line behind it. */
final class CheckpointLog implements AutoCloseable {
  static final String FILE = "checkpoints";
  private static final int TAIL = 1 << 16;

  private final FileChannel channel;
  private final Bytes publicKey;
  private final Surroundings surroundings;
  private volatile SignedCheckpoint newest;
  private volatile CheckpointNote content;
  private long position;

  private CheckpointLog(
      FileChannel channel,
      Bytes publicKey,
      Surroundings surroundings,
      SignedCheckpoint newest,
      CheckpointNote content,
      long position) {
    this.channel = channel;
    this.publicKey = publicKey;
    this.surroundings = surroundings;
    this.newest = newest;
    this.content = content;
    this.position = position;
  }

  /** Makes the file with the checkpoint of an empty journal. */
  static void create(Path directory, Bytes publicKey, Surroundings surroundings)
      throws IOException {
    CheckpointNote empty =
        CheckpointNote.of(publicKey, 0, new HashTree().root(), Journal.beforeFirst(publicKey));
    String note = signed(empty, publicKey, surroundings);
    DurableFiles.write(directory.resolve(FILE), (note + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Continues the file; a last note that a crash left half-written is taken away.
   *
   * @throws JournalDamaged if it holds no checkpoint where its last one should be
   */
  static CheckpointLog open(Path directory, Bytes publicKey, Surroundings surroundings)
      throws IOException, JournalDamaged {
    Path file = directory.resolve(FILE);
    if (!Files.exists(file)) {
      throw new JournalDamaged("the journal's checkpoints are missing");
    }
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      long size = channel.size();
      long from = Math.max(0, size - TAIL);
      ByteBuffer tail = ByteBuffer.allocate((int) (size - from));
      while (tail.hasRemaining() && channel.read(tail, from + tail.position()) >= 0) {
        // on
      }
      CheckpointNotes notes = CheckpointNotes.ofTail(tail.array(), from == 0, publicKey);
      int last = notes.lastWhole();
      if (last < 0) {
        throw new JournalDamaged(
            "the journal's last checkpoint is missing or not signed by the journal's key");
      }
      CheckpointNote content = notes.content(last).orElseThrow();
      CheckpointLog log =
          new CheckpointLog(
              channel,
              publicKey,
              surroundings,
              new SignedCheckpoint(content.size(), content.head(), notes.text(last)),
              content,
              from + notes.end(last));
      if (log.position < size) {
        channel.truncate(log.position);
        channel.force(true);
      }
      return log;
    } catch (IOException | JournalDamaged | RuntimeException failed) {
      channel.close();
      throw failed;
    }
  }

  SignedCheckpoint newest() {
    return newest;
  }

  CheckpointNote content() {
    return content;
  }

  /** Signs one; it is not yet written. */
  String sign(CheckpointNote checkpoint) throws IOException {
    return signed(checkpoint, publicKey, surroundings);
  }

  /**
   * Writes a note; it is not yet synced.
   *
   * @throws IOException if there is no room; then the file is as before
   */
  void write(String note) throws IOException {
    ByteBuffer octets = ByteBuffer.wrap((note + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      while (octets.hasRemaining()) {
        channel.write(octets, position + octets.position());
      }
    } catch (IOException failed) {
      channel.truncate(position);
      throw failed;
    }
    position += octets.limit();
  }

  /** Returns when the note is on disk, which is the newest from now on. */
  void sync(CheckpointNote checkpoint, String note) throws IOException {
    channel.force(false);
    newest = new SignedCheckpoint(checkpoint.size(), checkpoint.head(), note);
    content = checkpoint;
  }

  private static String signed(CheckpointNote checkpoint, Bytes key, Surroundings surroundings)
      throws IOException {
    byte[] text = checkpoint.text().getBytes(StandardCharsets.UTF_8);
    return checkpoint.signedBy(key, surroundings.signer().sign(text));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
