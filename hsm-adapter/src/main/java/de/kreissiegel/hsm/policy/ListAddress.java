package de.kreissiegel.hsm.policy;

/**
 * The addresses of an authority's lists: of {@code http://pki.example/crl/people.crl} the third
 * partition is {@code …/people-p3.crl}, its delta {@code …/people-p3-delta.crl}.
 */
public final class ListAddress {
  private static final String END = ".crl";
  private static final String DELTA_END = "-delta.crl";

  private ListAddress() {}

  /**
   * The address of a partition's list, or of its delta if that of a delta is given.
   *
   * @throws IllegalArgumentException if {@code whole} doesn't end with {@code .crl}
   */
  public static String ofPartition(String whole, int partition) {
    String end = whole.endsWith(DELTA_END) ? DELTA_END : END;
    return before(whole, end) + "-p" + partition + end;
  }

  /**
   * The address of its delta.
   *
   * @throws IllegalArgumentException if {@code list} doesn't end with {@code .crl}
   */
  public static String ofDelta(String list) {
    return before(list, END) + DELTA_END;
  }

  private static String before(String address, String end) {
    if (!address.endsWith(end)) {
      throw new IllegalArgumentException("a list's address ends with .crl: " + address);
    }
    return address.substring(0, address.length() - end.length());
  }
}
