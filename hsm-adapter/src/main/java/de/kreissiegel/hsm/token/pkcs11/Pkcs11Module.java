package de.kreissiegel.hsm.token.pkcs11;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.StampedLock;

/**
 * A PKCS#11 library in this process, initialised. There is one for each file, however many tokens
 * use it: C_Initialize is the whole process's. Calls run side by side under the read lock; a
 * restart takes the write lock, since no call may be under way during C_Finalize.
 */
final class Pkcs11Module {
  private static final Map<Path, Pkcs11Module> LOADED = new HashMap<>();
  private static final long INITIALIZE_ARGS_OCTETS = 48;
  private static final long FLAGS_AT = 32;
  private static final int PATIENCE_SECONDS = 5;

  private final Cryptoki functions;
  private final StampedLock lock = new StampedLock();
  private volatile long generation;

  private Pkcs11Module(Cryptoki functions) {
    this.functions = functions;
  }

  /** The library at this path, loaded and initialised once. */
  static Pkcs11Module at(Path path) throws LibraryUnusable {
    Path real = real(path);
    synchronized (LOADED) {
      Pkcs11Module known = LOADED.get(real);
      if (known == null) {
        known = new Pkcs11Module(Cryptoki.load(real));
        try {
          known.initialize();
        } catch (CkFailure failure) {
          throw new LibraryUnusable(
              LibraryUnusable.Reason.NOT_INITIALISED,
              "the library " + path + " doesn't start: " + failure.getMessage());
        }
        LOADED.put(real, known);
      }
      return known;
    }
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException notThere) {
      return path.toAbsolutePath().normalize();
    }
  }

  Cryptoki functions() {
    return functions;
  }

  /** Counts the restarts; what was opened under another generation is gone. */
  long generation() {
    return generation;
  }

  /** Begins a call; {@link #leave} ends it. */
  long enter() {
    return lock.readLock();
  }

  void leave(long stamp) {
    lock.unlockRead(stamp);
  }

  /**
   * C_Finalize and C_Initialize, unless somebody did since that generation.
   *
   * @throws CkFailure if the library doesn't start again, or a call hangs in it
   */
  void restart(long seen) throws CkFailure {
    long stamp = 0;
    try {
      stamp = lock.tryWriteLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (stamp == 0) {
        throw new CkFailure("a call that hangs", CkFailure.NOT_INITIALIZED);
      }
      if (generation != seen) {
        return;
      }
      // It may be down already; then this fails, and C_Initialize is what counts.
      long unused = (long) functions.finalizeLibrary.invokeExact(MemorySegment.NULL);
      generation++;
      initialize();
    } catch (CkFailure failure) {
      throw failure;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CkFailure("an interrupted restart", CkFailure.NOT_INITIALIZED);
    } catch (Throwable thrown) {
      throw Calls.bug(thrown);
    } finally {
      if (stamp != 0) {
        lock.unlockWrite(stamp);
      }
    }
  }

  private void initialize() throws CkFailure {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment arguments = arena.allocate(INITIALIZE_ARGS_OCTETS, Long.BYTES);
      arguments.set(JAVA_LONG, FLAGS_AT, Ck.CKF_OS_LOCKING_OK);
      long code = (long) functions.initialize.invokeExact(arguments);
      if (code != CkFailure.ALREADY_INITIALIZED) {
        Calls.check("C_Initialize", code);
      }
    } catch (CkFailure failure) {
      throw failure;
    } catch (Throwable thrown) {
      throw Calls.bug(thrown);
    }
  }

  /** What the library says of itself: who made it, its name, the version of the interface. */
  String description() throws CkFailure {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = arena.allocate(88, Long.BYTES);
      guarded("C_GetInfo", () -> (long) functions.getInfo.invokeExact(info));
      return "%s, %s %d.%d, PKCS#11 %d.%d"
          .formatted(
              text(info, 2, 32),
              text(info, 48, 32),
              octet(info, 80),
              octet(info, 81),
              octet(info, 0),
              octet(info, 1));
    }
  }

  /** All slots, also those without a token. */
  List<SlotFacts> slots() throws CkFailure {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment count = arena.allocate(JAVA_LONG);
      MethodHandle list = functions.getSlotList;
      guarded("C_GetSlotList", () -> (long) list.invokeExact((byte) 0, MemorySegment.NULL, count));
      // One may be plugged in between the two calls.
      count.set(JAVA_LONG, 0, count.get(JAVA_LONG, 0) + 16);
      MemorySegment slots = arena.allocate(JAVA_LONG, count.get(JAVA_LONG, 0));
      guarded("C_GetSlotList", () -> (long) list.invokeExact((byte) 0, slots, count));
      List<SlotFacts> found = new ArrayList<>();
      for (long i = 0; i < count.get(JAVA_LONG, 0); i++) {
        found.add(slot(slots.getAtIndex(JAVA_LONG, i)));
      }
      return found;
    }
  }

  private SlotFacts slot(long id) throws CkFailure {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment slot = arena.allocate(112, Long.BYTES);
      guarded("C_GetSlotInfo", () -> (long) functions.getSlotInfo.invokeExact(id, slot));
      String description = text(slot, 0, 64);
      MemorySegment token = arena.allocate(208, Long.BYTES);
      try {
        guarded("C_GetTokenInfo", () -> (long) functions.getTokenInfo.invokeExact(id, token));
      } catch (CkFailure noToken) {
        return new SlotFacts(id, description, false, "", "", "", "", 0, 0, "");
      }
      return new SlotFacts(
          id,
          description,
          true,
          text(token, 0, 32),
          text(token, 32, 32),
          text(token, 64, 16),
          text(token, 80, 16),
          token.get(JAVA_LONG, 96),
          token.get(JAVA_LONG, 104),
          text(token, 188, 16));
    }
  }

  List<Long> mechanisms(long slot) throws CkFailure {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment count = arena.allocate(JAVA_LONG);
      MethodHandle list = functions.getMechanismList;
      guarded("C_GetMechanismList", () -> (long) list.invokeExact(slot, MemorySegment.NULL, count));
      MemorySegment types = arena.allocate(JAVA_LONG, Math.max(1, count.get(JAVA_LONG, 0)));
      guarded("C_GetMechanismList", () -> (long) list.invokeExact(slot, types, count));
      List<Long> found = new ArrayList<>();
      for (long i = 0; i < count.get(JAVA_LONG, 0); i++) {
        found.add(types.getAtIndex(JAVA_LONG, i));
      }
      return found;
    }
  }

  /**
   * A session with the token in a slot.
   *
   * @param epoch which login of the caller's it belongs to
   */
  Session open(long slot, boolean writing, long epoch) throws CkFailure {
    long opened = generation;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment handle = arena.allocate(JAVA_LONG);
      long flags = Ck.CKF_SERIAL_SESSION | (writing ? Ck.CKF_RW_SESSION : 0);
      guarded(
          "C_OpenSession",
          () ->
              (long)
                  functions.openSession.invokeExact(
                      slot, flags, MemorySegment.NULL, MemorySegment.NULL, handle));
      return new Session(this, handle.get(JAVA_LONG, 0), opened, epoch);
    }
  }

  /** Calls under the read lock; anything but CKR_OK is thrown. */
  void guarded(String function, NativeCall call) throws CkFailure {
    Calls.check(function, code(call));
  }

  long code(NativeCall call) {
    long stamp = enter();
    try {
      return call.call();
    } catch (Throwable thrown) {
      throw Calls.bug(thrown);
    } finally {
      leave(stamp);
    }
  }

  private static long octet(MemorySegment structure, long at) {
    return structure.get(java.lang.foreign.ValueLayout.JAVA_BYTE, at) & 0xff;
  }

  /** Text of fixed length, padded with blanks; anything that isn't printable is a question mark. */
  private static String text(MemorySegment structure, long at, int length) {
    byte[] octets = structure.asSlice(at, length).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
    int zero = 0;
    while (zero < length && octets[zero] != 0) {
      zero++;
    }
    return new String(octets, 0, zero, StandardCharsets.UTF_8).replaceAll("\\p{Cc}", "?").strip();
  }

  /** A downcall. */
  interface NativeCall {
    long call() throws Throwable;
  }
}
