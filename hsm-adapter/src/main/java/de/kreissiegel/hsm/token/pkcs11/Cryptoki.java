package de.kreissiegel.hsm.token.pkcs11;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * The functions of a PKCS#11 library that we call, found in its CK_FUNCTION_LIST (PKCS#11 2.40 §4;
 * later versions only append). CK_ULONG has 64 bits and structures are padded, as on every 64-bit
 * Unix.
 */
final class Cryptoki {
  /** The list's first pointer comes after the CK_VERSION. */
  private static final long FIRST = 8;

  private static final long FUNCTIONS = 68;
  private static final AddressLayout LIST =
      ADDRESS.withTargetLayout(MemoryLayout.sequenceLayout(FIRST + FUNCTIONS * 8, JAVA_BYTE));

  final MethodHandle initialize;
  final MethodHandle finalizeLibrary;
  final MethodHandle getInfo;
  final MethodHandle getSlotList;
  final MethodHandle getSlotInfo;
  final MethodHandle getTokenInfo;
  final MethodHandle getMechanismList;
  final MethodHandle setPin;
  final MethodHandle openSession;
  final MethodHandle closeSession;
  final MethodHandle getSessionInfo;
  final MethodHandle login;
  final MethodHandle logout;
  final MethodHandle createObject;
  final MethodHandle destroyObject;
  final MethodHandle getAttributeValue;
  final MethodHandle findObjectsInit;
  final MethodHandle findObjects;
  final MethodHandle findObjectsFinal;
  final MethodHandle decryptInit;
  final MethodHandle decrypt;
  final MethodHandle signInit;
  final MethodHandle sign;
  final MethodHandle generateKeyPair;

  private Cryptoki(MemorySegment list) {
    initialize = function(list, 0, ADDRESS);
    finalizeLibrary = function(list, 1, ADDRESS);
    getInfo = function(list, 2, ADDRESS);
    getSlotList = function(list, 4, JAVA_BYTE, ADDRESS, ADDRESS);
    getSlotInfo = function(list, 5, JAVA_LONG, ADDRESS);
    getTokenInfo = function(list, 6, JAVA_LONG, ADDRESS);
    getMechanismList = function(list, 7, JAVA_LONG, ADDRESS, ADDRESS);
    setPin = function(list, 11, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG);
    openSession = function(list, 12, JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS);
    closeSession = function(list, 13, JAVA_LONG);
    getSessionInfo = function(list, 15, JAVA_LONG, ADDRESS);
    login = function(list, 18, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG);
    logout = function(list, 19, JAVA_LONG);
    createObject = function(list, 20, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS);
    destroyObject = function(list, 22, JAVA_LONG, JAVA_LONG);
    getAttributeValue = function(list, 24, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG);
    findObjectsInit = function(list, 26, JAVA_LONG, ADDRESS, JAVA_LONG);
    findObjects = function(list, 27, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS);
    findObjectsFinal = function(list, 28, JAVA_LONG);
    decryptInit = function(list, 33, JAVA_LONG, ADDRESS, JAVA_LONG);
    decrypt = function(list, 34, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
    signInit = function(list, 42, JAVA_LONG, ADDRESS, JAVA_LONG);
    sign = function(list, 43, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
    generateKeyPair =
        function(
            list, 59, JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
  }

  @SuppressWarnings("restricted")
  static Cryptoki load(Path path) throws LibraryUnusable {
    MemorySegment entry = SharedLibrary.load(path).find("C_GetFunctionList");
    MethodHandle getFunctionList =
        Linker.nativeLinker().downcallHandle(entry, FunctionDescriptor.of(JAVA_LONG, ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment pointer = arena.allocate(ADDRESS);
      long code = (long) getFunctionList.invokeExact(pointer);
      if (code != CkFailure.OK || pointer.get(ADDRESS, 0).address() == 0) {
        throw new LibraryUnusable(
            LibraryUnusable.Reason.NOT_PKCS11,
            "the library " + path + " doesn't tell its functions (C_GetFunctionList)");
      }
      return new Cryptoki(pointer.get(LIST, 0));
    } catch (LibraryUnusable unusable) {
      throw unusable;
    } catch (IllegalArgumentException gap) {
      throw new LibraryUnusable(
          LibraryUnusable.Reason.NOT_PKCS11,
          "the library " + path + " leaves out functions of PKCS#11 that signing needs");
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @SuppressWarnings("restricted")
  private static MethodHandle function(MemorySegment list, int index, MemoryLayout... arguments) {
    MemorySegment address = list.get(ADDRESS, FIRST + index * 8L);
    return Linker.nativeLinker()
        .downcallHandle(address, FunctionDescriptor.of(JAVA_LONG, arguments));
  }
}
