package de.kreissiegel.ra.rest;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param items the entries
 * @param offset how many stand before the first one
 * @param limit how many were asked for at most; if fewer came, that was the end
 * @param after where the list goes on, for the parameter of this name where a list has one
 */
record Listing<T>(List<T> items, int offset, int limit, Optional<String> after) {
  Listing {
    items = List.copyOf(items);
  }

  /** All of a short list. */
  static <S, T> Listing<T> all(List<S> source, Function<? super S, ? extends T> view) {
    List<T> items = source.stream().<T>map(view).toList();
    return new Listing<>(items, 0, items.size(), Optional.empty());
  }

  /** What a desk gave for this slice. */
  static <S, T> Listing<T> of(
      List<? extends S> source, Slice slice, Function<? super S, ? extends T> view) {
    return new Listing<>(
        source.stream().<T>map(view).toList(), slice.offset(), slice.limit(), Optional.empty());
  }

  /** The same, and where it goes on. */
  Listing<T> goingOnAfter(Optional<String> place) {
    return new Listing<>(items, offset, limit, place);
  }
}
