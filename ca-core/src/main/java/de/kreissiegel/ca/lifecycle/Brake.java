package de.kreissiegel.ca.lifecycle;

/**
 * How many may leave in one look at the directory before it is taken for broken. Both limits must
 * be exceeded: a small house may lose everybody, a large one some.
 *
 * @param absolute so many may always leave
 * @param share of those watched, 0 to 1; so large a part may always leave
 */
public record Brake(int absolute, double share) {
  /** More than 25, and more than 2 of 100. */
  public static final Brake DEFAULT = new Brake(25, 0.02);

  public Brake {
    if (absolute < 0 || share < 0 || share > 1) {
      throw new IllegalArgumentException("a number from 0 on, and a share from 0 to 1");
    }
  }

  boolean stops(int leaving, int watched) {
    return leaving > absolute && leaving > share * watched;
  }
}
