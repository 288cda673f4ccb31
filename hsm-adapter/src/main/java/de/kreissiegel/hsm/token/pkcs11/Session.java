package de.kreissiegel.hsm.token.pkcs11;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A session with a token. It does one thing at a time: used by one thread, then by another. What it
 * hands to the token lies in its own native memory, wiped where it is secret.
 */
final class Session {
  /** Enough for a signature of SLH-DSA (49,856 octets), the longest of all. */
  private static final int LONGEST_RESULT = 65_536;

  private static final int AT_ONCE = 64;

  /** For the attributes of an object that is made from outside, all of them. */
  private static final int LARGEST_OBJECT = 4096;

  private final Pkcs11Module module;
  private final Cryptoki functions;
  private final long handle;
  private final long generation;
  private final long epoch;

  /**
   * @param generation the library's, when it was opened
   * @param epoch the connection's login, when it was opened
   */
  Session(Pkcs11Module module, long handle, long generation, long epoch) {
    this.module = module;
    this.functions = module.functions();
    this.handle = handle;
    this.generation = generation;
    this.epoch = epoch;
  }

  /** Whether the library wasn't restarted since. */
  boolean current() {
    return module.generation() == generation;
  }

  long epoch() {
    return epoch;
  }

  /**
   * A call on this session. After a restart its handle may be another one's, so the library must
   * not see it any more.
   */
  private void call(String function, Pkcs11Module.NativeCall call) throws CkFailure {
    Calls.check(function, code(call));
  }

  private long code(Pkcs11Module.NativeCall call) {
    return module.code(() -> current() ? call.call() : CkFailure.SESSION_HANDLE_INVALID);
  }

  /** Asks the token whether it knows the session; the answer is always itself. */
  Session probed() throws CkFailure {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = arena.allocate(32, Long.BYTES);
      call("C_GetSessionInfo", () -> (long) functions.getSessionInfo.invokeExact(handle, info));
      return this;
    }
  }

  /** Logs the user in, for all sessions of this process with the token. */
  void login(char[] pin) throws CkFailure {
    login(Ck.CKU_USER, pin);
  }

  /**
   * Logs somebody in, for all sessions of this process with the token.
   *
   * @param user CKU_USER or CKU_SO
   */
  void login(long user, char[] pin) throws CkFailure {
    try (NativePin octets = new NativePin(pin)) {
      call(
          "C_Login",
          () ->
              (long) functions.login.invokeExact(handle, user, octets.address(), octets.length()));
    }
  }

  /** Replaces the PIN of who is logged in; the session must be one that may write. */
  void replacePin(char[] old, char[] fresh) throws CkFailure {
    try (NativePin before = new NativePin(old);
        NativePin after = new NativePin(fresh)) {
      call(
          "C_SetPIN",
          () ->
              (long)
                  functions.setPin.invokeExact(
                      handle, before.address(), before.length(), after.address(), after.length()));
    }
  }

  void logout() throws CkFailure {
    call("C_Logout", () -> (long) functions.logout.invokeExact(handle));
  }

  /** All objects with these attributes. */
  List<Long> find(Template template) throws CkFailure {
    List<Long> found = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = template.in(arena);
      long size = template.size();
      call(
          "C_FindObjectsInit",
          () -> (long) functions.findObjectsInit.invokeExact(handle, attributes, size));
      try {
        MemorySegment objects = arena.allocate(JAVA_LONG, AT_ONCE);
        MemorySegment count = arena.allocate(JAVA_LONG);
        do {
          call(
              "C_FindObjects",
              () ->
                  (long) functions.findObjects.invokeExact(handle, objects, (long) AT_ONCE, count));
          for (long i = 0; i < count.get(JAVA_LONG, 0); i++) {
            found.add(objects.getAtIndex(JAVA_LONG, i));
          }
        } while (count.get(JAVA_LONG, 0) > 0);
      } finally {
        long unused = code(() -> (long) functions.findObjectsFinal.invokeExact(handle));
      }
    }
    return found;
  }

  /** An attribute's value; empty if the object has none, or doesn't tell. */
  Optional<byte[]> attribute(long object, long type) throws CkFailure {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attribute = arena.allocate(Template.ATTRIBUTE_OCTETS, Long.BYTES);
      attribute.set(JAVA_LONG, 0, type);
      long length = read(object, attribute);
      if (length <= 0 || length > LONGEST_RESULT) {
        return Optional.empty();
      }
      MemorySegment value = arena.allocate(length);
      attribute.set(ADDRESS, 8, value);
      length = read(object, attribute);
      Optional<byte[]> told =
          length < 0 || length > value.byteSize()
              ? Optional.empty()
              : Optional.of(value.asSlice(0, length).toArray(JAVA_BYTE));
      value.fill((byte) 0);
      return told;
    }
  }

  private long read(long object, MemorySegment attribute) throws CkFailure {
    MethodHandle get = functions.getAttributeValue;
    long code = code(() -> (long) get.invokeExact(handle, object, attribute, 1L));
    if (code == CkFailure.ATTRIBUTE_SENSITIVE || code == CkFailure.ATTRIBUTE_TYPE_INVALID) {
      return -1;
    }
    Calls.check("C_GetAttributeValue", code);
    return attribute.get(JAVA_LONG, 16);
  }

  /** Whether a boolean attribute is true; not if the object has none. */
  boolean flag(long object, long type) throws CkFailure {
    return attribute(object, type).filter(value -> value.length == 1 && value[0] != 0).isPresent();
  }

  /** Makes a pair; returns the handles of the public and the private key. */
  long[] generate(Mechanism mechanism, Template publicKey, Template privateKey) throws CkFailure {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment how = mechanism.in(arena);
      MemorySegment open = publicKey.in(arena);
      MemorySegment secret = privateKey.in(arena);
      MemorySegment made = arena.allocate(JAVA_LONG, 2);
      MemorySegment second = made.asSlice(8);
      long openSize = publicKey.size();
      long secretSize = privateKey.size();
      call(
          "C_GenerateKeyPair",
          () ->
              (long)
                  functions.generateKeyPair.invokeExact(
                      handle, how, open, openSize, secret, secretSize, made, second));
      return made.toArray(JAVA_LONG);
    }
  }

  byte[] sign(Mechanism mechanism, long key, byte[] octets) throws CkFailure {
    return compute("C_Sign", functions.signInit, functions.sign, mechanism, key, octets);
  }

  byte[] decrypt(Mechanism mechanism, long key, byte[] octets) throws CkFailure {
    return compute("C_Decrypt", functions.decryptInit, functions.decrypt, mechanism, key, octets);
  }

  private byte[] compute(
      String name, MethodHandle begin, MethodHandle end, Mechanism mechanism, long key, byte[] in)
      throws CkFailure {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment how = mechanism.in(arena);
      MemorySegment input = arena.allocate(Math.max(1, in.length));
      MemorySegment.copy(in, 0, input, JAVA_BYTE, 0, in.length);
      long inputLength = in.length;
      int room = in.length > 1024 ? LONGEST_RESULT : 1024;
      MemorySegment length = arena.allocate(JAVA_LONG);
      length.set(JAVA_LONG, 0, room);
      MemorySegment output = arena.allocate(room);
      call(name + "Init", () -> (long) begin.invokeExact(handle, how, key));
      long code = code(() -> (long) end.invokeExact(handle, input, inputLength, output, length));
      if (code == CkFailure.BUFFER_TOO_SMALL) {
        return again(name, end, input, inputLength, arena);
      }
      Calls.check(name, code);
      byte[] result = output.asSlice(0, length.get(JAVA_LONG, 0)).toArray(JAVA_BYTE);
      output.fill((byte) 0);
      return result;
    }
  }

  /** With all the room there may be; CKR_BUFFER_TOO_SMALL leaves the operation open (§5.2). */
  private byte[] again(
      String name, MethodHandle end, MemorySegment input, long inputLength, Arena arena)
      throws CkFailure {
    MemorySegment length = arena.allocate(JAVA_LONG);
    length.set(JAVA_LONG, 0, LONGEST_RESULT);
    MemorySegment output = arena.allocate(LONGEST_RESULT);
    call(name, () -> (long) end.invokeExact(handle, input, inputLength, output, length));
    return output.asSlice(0, length.get(JAVA_LONG, 0)).toArray(JAVA_BYTE);
  }

  /** Makes an object of these attributes; returns its handle. */
  long create(Template template) throws CkFailure {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(LARGEST_OBJECT, Long.BYTES);
      MemorySegment attributes = template.in(SegmentAllocator.slicingAllocator(memory));
      MemorySegment made = arena.allocate(JAVA_LONG);
      long size = template.size();
      try {
        call(
            "C_CreateObject",
            () -> (long) functions.createObject.invokeExact(handle, attributes, size, made));
      } finally {
        memory.fill((byte) 0);
      }
      return made.get(JAVA_LONG, 0);
    }
  }

  void destroy(long object) throws CkFailure {
    call("C_DestroyObject", () -> (long) functions.destroyObject.invokeExact(handle, object));
  }

  /** Ends it; one that the token doesn't know any more has ended. */
  void close() {
    long unused = code(() -> (long) functions.closeSession.invokeExact(handle));
  }
}
