package de.kreissiegel.ra.pages;

import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Somebody who has no mouse goes over a page by the tabulator key: to everything that can be used,
 * in the order in which it is read, seeing each time where they are (WCAG 2.2, 2.1.1, 2.1.2, 2.4.3,
 * 2.4.7, 2.4.11).
 */
final class KeyboardRun {
  private static final int MOST_PRESSES = 2000;

  /** Numbers what can be used. Of radio buttons of one name, the keyboard stops at one. */
  private static final String COUNT =
      """
      () => {
        const usable = [...document.querySelectorAll(
            'a[href], button, input, select, textarea, summary, [tabindex]')]
          .filter(one => !one.disabled && one.type !== 'hidden' && one.tabIndex >= 0
            && one.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true})
            && one.getClientRects().length > 0);
        const group = one => usable.filter(
            other => other.type === 'radio' && other.name === one.name && other.form === one.form);
        const stops = usable.filter(one => one.type !== 'radio'
            || one === (group(one).find(other => other.checked) ?? group(one)[0]));
        stops.forEach((one, number) => one.setAttribute('data-stop', number));
        document.documentElement.style.scrollBehavior = 'auto';
        const beginning = document.createElement('span');
        beginning.tabIndex = -1;
        document.body.prepend(beginning);
        beginning.focus();
        return stops.map(one => one.outerHTML.slice(0, 160));
      }""";

  /** Where the focus is; nothing if it is nowhere on the page. */
  private static final String LOOK =
      """
      async () => {
        const frame = () => new Promise(requestAnimationFrame);
        const one = document.activeElement;
        if (one === null || one === document.body || one === document.documentElement) {
          return null;
        }
        const shown = element => {
          const style = getComputedStyle(element);
          return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0)
            || style.boxShadow !== 'none';
        };
        const place = () => one.getClientRects()[0] ?? one.getBoundingClientRect();
        const middle = box => (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
        const inside = box => box.bottom > 8 && box.top < innerHeight - 8;
        for (let frames = 0; frames < 30 && !inside(place()); frames++) {
          await frame(); // in one of which it is scrolled to where one is
        }
        const box = place();
        const at = document.elementFromPoint(box.x + box.width / 2, middle(box));
        const labels = [...(one.labels ?? [])];
        return {
          stop: one.getAttribute('data-stop') ?? '',
          shown: [one, one.parentElement, ...labels].some(shown),
          free: at !== null
            && (one.contains(at) || at.contains(one) || labels.some(label => label.contains(at))),
          over: at === null ? 'nothing, for it lies outside' : at.outerHTML.slice(0, 160),
          html: one.outerHTML.slice(0, 160)
        };
      }""";

  private KeyboardRun() {}

  /** Goes over the page from its beginning; what was wrong, in a sentence each. */
  static List<String> over(Page page) {
    List<?> usable = (List<?>) page.evaluate(COUNT);
    List<String> faults = new ArrayList<>();
    List<Object> passed = new ArrayList<>();
    for (int press = 0; press < MOST_PRESSES; press++) {
      page.keyboard().press("Tab");
      if (!(page.evaluate(LOOK) instanceof Map<?, ?> seen) || isRoundAgain(passed, seen)) {
        break;
      }
      // A date has several fields, which the browser itself frames.
      if (!passed.isEmpty() && passed.getLast().equals(seen.get("stop"))) {
        continue;
      }
      passed.add(seen.get("stop"));
      if (!Boolean.TRUE.equals(seen.get("shown"))) {
        faults.add("it doesn't show that one is at " + seen.get("html"));
      }
      if (!Boolean.TRUE.equals(seen.get("free"))) {
        faults.add("where %s should be there is %s".formatted(seen.get("html"), seen.get("over")));
      }
    }
    List<String> order =
        IntStream.range(0, usable.size())
            .mapToObj(number -> name(Integer.toString(number), usable))
            .toList();
    List<String> way = passed.stream().map(stop -> name(stop, usable)).toList();
    if (!way.equals(order)) {
      faults.add(
          "the way was\n    %s\n  and not\n    %s"
              .formatted(String.join("\n    ", way), String.join("\n    ", order)));
    }
    return faults;
  }

  private static boolean isRoundAgain(List<Object> passed, Map<?, ?> seen) {
    return passed.size() > 1 && passed.getFirst().equals(seen.get("stop"));
  }

  private static String name(Object stop, List<?> usable) {
    return stop.equals("")
        ? "what can't be used"
        : stop + " " + usable.get(Integer.parseInt(stop.toString()));
  }
}
