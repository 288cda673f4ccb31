package de.kreissiegel.hsm.token.pkcs11;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A shared library in this process. It is never unloaded: many an HSM's library doesn't survive it.
 * Calls dlopen itself, for only dlerror tells a person what is wrong with a file.
 */
final class SharedLibrary {
  private static final int RTLD_NOW = 2;
  private static final long LONGEST_MESSAGE = 4096;
  private static final MethodHandle DLOPEN =
      libc("dlopen", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT));
  private static final MethodHandle DLSYM =
      libc("dlsym", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
  private static final MethodHandle DLERROR = libc("dlerror", FunctionDescriptor.of(ADDRESS));

  private final Path path;
  private final MemorySegment handle;

  private SharedLibrary(Path path, MemorySegment handle) {
    this.path = path;
    this.handle = handle;
  }

  static SharedLibrary load(Path path) throws LibraryUnusable {
    if (!Files.exists(path)) {
      throw new LibraryUnusable(LibraryUnusable.Reason.MISSING, "there is no file " + path);
    }
    if (!Files.isReadable(path)) {
      throw new LibraryUnusable(
          LibraryUnusable.Reason.FORBIDDEN, "this user may not read the file " + path);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment handle =
          (MemorySegment) DLOPEN.invokeExact(arena.allocateFrom(path.toString()), RTLD_NOW);
      if (handle.address() == 0) {
        String said = lastError();
        throw unusable(path, said);
      }
      return new SharedLibrary(path, handle);
    } catch (LibraryUnusable unusable) {
      throw unusable;
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The address of a function. */
  MemorySegment find(String function) throws LibraryUnusable {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address =
          (MemorySegment) DLSYM.invokeExact(handle, arena.allocateFrom(function));
      if (address.address() != 0) {
        return address;
      }
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
    throw new LibraryUnusable(
        LibraryUnusable.Reason.NOT_PKCS11,
        "the library " + path + " has no function " + function + ", so it is not of PKCS#11");
  }

  /**
   * By glibc's and musl's words. Of a file for another processor glibc says that it can't be found,
   * as of a library that this one needs; but then it names the other one.
   */
  private static LibraryUnusable unusable(Path path, String said) {
    String words = said.toLowerCase(Locale.ROOT);
    if (said.startsWith(path + ": cannot open")) {
      return new LibraryUnusable(
          LibraryUnusable.Reason.WRONG_KIND,
          "the library " + path + " can't be loaded: it is not for this machine's processor");
    }
    boolean wrongKind =
        words.contains("elf") || words.contains("too short") || words.contains("file format");
    return new LibraryUnusable(
        wrongKind ? LibraryUnusable.Reason.WRONG_KIND : LibraryUnusable.Reason.INCOMPLETE,
        "the library " + path + " can't be loaded: " + said);
  }

  @SuppressWarnings("restricted")
  private static String lastError() throws Throwable {
    MemorySegment message = (MemorySegment) DLERROR.invokeExact();
    return message.address() == 0
        ? "the system doesn't say why"
        : message.reinterpret(LONGEST_MESSAGE).getString(0);
  }

  @SuppressWarnings("restricted")
  private static MethodHandle libc(String function, FunctionDescriptor shape) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().find(function).orElseThrow(), shape);
  }
}
