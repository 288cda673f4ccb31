package de.kreissiegel.ldap.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.unboundid.ldap.listener.Base64PasswordEncoderOutputFormatter;
import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.SaltedMessageDigestInMemoryPasswordEncoder;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldif.LDIFReader;
import de.kreissiegel.ldap.sample.SampleDistrict;
import de.kreissiegel.ldap.sample.SamplePasswords;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sample district behind LDAP on a loopback port. What is written is on disk before it is
 * answered, and there again after a restart, a {@code kill -9} too.
 */
public final class DemoDirectory implements AutoCloseable {
  private final FileChannel lock;
  private final InMemoryDirectoryServer server;
  private final Shelf shelf;
  private final SamplePasswords passwords;

  private DemoDirectory(
      FileChannel lock, InMemoryDirectoryServer server, Shelf shelf, SamplePasswords passwords) {
    this.lock = lock;
    this.server = server;
    this.shelf = shelf;
    this.passwords = passwords;
  }

  /**
   * Opens the directory of a folder, which is made and filled with the sample district if it is not
   * there yet.
   *
   * @param port TCP port on loopback; 0 for any free one
   * @param random for the passwords, the first time
   * @throws IOException with a sentence for the user
   */
  public static DemoDirectory open(Path folder, int port, SecureRandom random) throws IOException {
    FileChannel lock = lock(folder);
    try {
      Optional<List<Entry>> kept = Shelf.read(folder);
      if (kept.isPresent() && PasswordFile.read(folder).isEmpty()) {
        throw new IOException(folder + " holds a directory without its passwords.properties");
      }
      SamplePasswords passwords = PasswordFile.readOrMake(folder, random);
      byte[] entries = kept.isPresent() ? ldif(kept.get()) : sample(passwords);
      var notebook = new Notes();
      InMemoryDirectoryServer server = server(port, notebook);
      server.importFromLDIF(true, new LDIFReader(new ByteArrayInputStream(entries)));
      Shelf shelf = Shelf.begin(folder, everything(server));
      notebook.use(server, shelf);
      start(server, port);
      return new DemoDirectory(lock, server, shelf, passwords);
    } catch (LDAPException e) {
      lock.close();
      throw new IOException("the directory can't be loaded: " + e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** The passwords of a folder's directory, if it was opened before. */
  public static Optional<SamplePasswords> passwordsIn(Path folder) throws IOException {
    return PasswordFile.read(folder);
  }

  /** Its passwords. */
  public SamplePasswords passwords() {
    return passwords;
  }

  /** Where it listens, as {@code ldap://127.0.0.1:1389}. */
  public URI address() {
    return URI.create("ldap://127.0.0.1:" + server.getListenPort());
  }

  @Override
  public void close() throws IOException {
    server.shutDown(true);
    shelf.close();
    lock.close();
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel;
    try {
      Files.createDirectories(folder);
      channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new IOException(folder + " is no folder that can be written to", e);
    }
    FileLock held;
    try {
      held = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      held = null;
    }
    if (held == null) {
      channel.close();
      throw new IOException("another directory server uses " + folder);
    }
    return channel;
  }

  private static void start(InMemoryDirectoryServer server, int port) throws IOException {
    try {
      server.startListening();
    } catch (LDAPException e) {
      throw new IOException("port " + port + " is taken or not allowed", e);
    }
  }

  private static InMemoryDirectoryServer server(int port, Notes notebook) throws LDAPException {
    var config = new InMemoryDirectoryServerConfig(SampleDistrict.BASE_DN);
    config.setListenerConfigs(
        InMemoryListenerConfig.createLDAPConfig(
            "loopback", InetAddress.getLoopbackAddress(), port, null));
    config.setPasswordEncoders(
        new SaltedMessageDigestInMemoryPasswordEncoder(
            "{SSHA}", Base64PasswordEncoderOutputFormatter.getInstance(), sha1(), 8, true, true));
    config.setEqualityIndexAttributes("entryUUID", "uid", "mail", "member", "owner", "manager");
    config.setMaxMessageSizeBytes(1 << 20);
    config.setMaxConnections(500);
    config.addInMemoryOperationInterceptor(new Guard());
    config.addInMemoryOperationInterceptor(new Scribe(notebook));
    return new InMemoryDirectoryServer(config);
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] sample(SamplePasswords passwords) throws IOException {
    var out = new ByteArrayOutputStream();
    SampleDistrict.writeLdif(passwords, out);
    return out.toByteArray();
  }

  private static byte[] ldif(List<Entry> entries) {
    var text = new StringBuilder();
    entries.forEach(entry -> text.append(entry.toLDIFString(0)).append('\n'));
    return text.toString().getBytes(UTF_8);
  }

  private static List<SearchResultEntry> everything(InMemoryDirectoryServer server)
      throws IOException {
    try {
      if (server.getEntry(SampleDistrict.BASE_DN) == null) {
        return List.of();
      }
      return server
          .search(SampleDistrict.BASE_DN, SearchScope.SUB, "(objectClass=*)", "*", "+")
          .getSearchEntries();
    } catch (LDAPException e) {
      throw new IOException("the directory can't be read: " + e.getMessage(), e);
    }
  }

  /** Takes the server's state to the shelf. One at a time: the last to write saw the last state. */
  private static final class Notes implements Scribe.Notebook {
    private @Nullable InMemoryDirectoryServer server;
    private @Nullable Shelf shelf;

    synchronized void use(InMemoryDirectoryServer theServer, Shelf theShelf) {
      server = theServer;
      shelf = theShelf;
    }

    @Override
    public synchronized void entry(String dn) throws IOException {
      if (server == null || shelf == null) {
        return;
      }
      try {
        shelf.put(dn, Optional.ofNullable(server.getEntry(dn, "*", "+")));
      } catch (LDAPException e) {
        throw new IOException(e);
      }
    }

    @Override
    public synchronized void everything() throws IOException {
      if (server != null && shelf != null) {
        shelf.putAll(DemoDirectory.everything(server));
      }
    }
  }
}
