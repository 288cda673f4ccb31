package de.kreissiegel.hsm.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The signer, in a virtual machine that writes its crash report at SIGABRT, too: that signal gets
 * the action which the machine has set for SIGSEGV. By itself it just ends at SIGABRT.
 */
final class ReportingSignerProcess {
  private static final int SIGABRT = 6;
  private static final int SIGSEGV = 11;

  /** More than a struct sigaction has on any Linux. */
  private static final long ACTION_OCTETS = 256;

  private ReportingSignerProcess() {}

  public static void main(String[] words) throws Throwable {
    Linker linker = Linker.nativeLinker();
    MethodHandle sigaction =
        linker.downcallHandle(
            linker.defaultLookup().find("sigaction").orElseThrow(),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment action = arena.allocate(ACTION_OCTETS, 8);
      int got = (int) sigaction.invokeExact(SIGSEGV, MemorySegment.NULL, action);
      int set = (int) sigaction.invokeExact(SIGABRT, action, MemorySegment.NULL);
      if (got != 0 || set != 0) {
        throw new IllegalStateException("sigaction");
      }
    }
    SignerProcess.main(words);
  }
}
