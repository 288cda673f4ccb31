package de.kreissiegel.hsm.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Keeps what the process knows inside it: no core dump whatever happens, and nobody of the same
 * user reads its memory. RLIMIT_CORE alone doesn't do where cores are piped to a program (core(5)),
 * so the process is also not dumpable (prctl(2), PR_SET_DUMPABLE); that closes ptrace, too.
 */
final class Hygiene {
  private static final int RLIMIT_CORE = 4;
  private static final int PR_SET_DUMPABLE = 4;

  private Hygiene() {}

  /**
   * To be called before the first secret is read.
   *
   * @throws CannotStart if the system doesn't do it
   */
  static void keepMemoryIn() throws CannotStart {
    try {
      forbidCoreFiles();
      forbidDumps();
    } catch (CannotStart refused) {
      throw refused;
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** {@code struct rlimit { rlim_t rlim_cur; rlim_t rlim_max; }}, both 0. */
  @SuppressWarnings("restricted")
  private static void forbidCoreFiles() throws Throwable {
    Linker linker = Linker.nativeLinker();
    try (Arena arena = Arena.ofConfined()) {
      int code =
          (int)
              linker
                  .downcallHandle(
                      linker.defaultLookup().find("setrlimit").orElseThrow(),
                      FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS))
                  .invokeExact(RLIMIT_CORE, arena.allocate(JAVA_LONG, 2));
      if (code != 0) {
        throw new CannotStart("core dumps can't be switched off (setrlimit)");
      }
    }
  }

  /** Only Linux has it; elsewhere the limit must do. */
  @SuppressWarnings("restricted")
  private static void forbidDumps() throws Throwable {
    Linker linker = Linker.nativeLinker();
    Optional<MemorySegment> prctl = linker.defaultLookup().find("prctl");
    if (prctl.isEmpty()) {
      return;
    }
    int code =
        (int)
            linker
                .downcallHandle(
                    prctl.get(),
                    FunctionDescriptor.of(
                        JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                    Linker.Option.firstVariadicArg(1))
                .invokeExact(PR_SET_DUMPABLE, 0L, 0L, 0L, 0L);
    if (code != 0) {
      throw new CannotStart("the process's memory can't be closed (PR_SET_DUMPABLE)");
    }
  }
}
