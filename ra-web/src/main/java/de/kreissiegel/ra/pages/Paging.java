package de.kreissiegel.ra.pages;

import java.util.List;
import java.util.Optional;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * One page of a long list. The desk is asked for one entry more than is shown, which tells whether
 * there is a next page.
 *
 * @param number of this page, from 1
 * @param previous address of the page before
 * @param next address of the page after
 */
public record Paging(int number, Optional<String> previous, Optional<String> next) {
  private static final int HIGHEST = 10_000;

  /** The number of a page that somebody asked for, brought into its bounds. */
  public static int number(int asked) {
    return Math.clamp(asked, 1, HIGHEST);
  }

  /** How many entries come before that page. */
  public static int offset(int number, int size) {
    return (number - 1) * size;
  }

  /**
   * The paging of the current request.
   *
   * @param found what the desk answered when asked for {@code size + 1}
   */
  public static Paging of(int number, int size, List<?> found) {
    return new Paging(
        number,
        number > 1 ? Optional.of(address(number - 1)) : Optional.empty(),
        found.size() > size ? Optional.of(address(number + 1)) : Optional.empty());
  }

  /** What is shown of an answer with one entry too many. */
  public static <T> List<T> shown(List<T> found, int size) {
    return found.subList(0, Math.min(size, found.size()));
  }

  private static String address(int number) {
    var uri =
        ServletUriComponentsBuilder.fromCurrentRequest().replaceQueryParam("page", number).build();
    return uri.getPath() + "?" + uri.getQuery();
  }
}
