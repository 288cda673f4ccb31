package de.kreissiegel.ra.pages;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import java.util.HashMap;
import java.util.Map;

/** Counts what comes over the wire for a page, headers and all, compressed as it comes. */
final class Transfer {
  private final Page page;
  private final CDPSession wire;
  private final Map<String, Long> octets = new HashMap<>();

  /** From now on nothing is taken from the cache. */
  Transfer(Page page) {
    this.page = page;
    wire = page.context().newCDPSession(page);
    wire.on("Network.loadingFinished", this::finished);
    wire.on("Network.requestWillBeSent", this::redirected);
    wire.send("Network.enable");
    var cold = new JsonObject();
    cold.addProperty("cacheDisabled", true);
    wire.send("Network.setCacheDisabled", cold);
  }

  CDPSession wire() {
    return wire;
  }

  /** The octets of this page until the network is quiet. */
  long of(String address) {
    octets.clear();
    page.navigate(address);
    page.waitForLoadState(LoadState.NETWORKIDLE);
    return octets.values().stream().mapToLong(Long::longValue).sum();
  }

  private void finished(JsonObject event) {
    count(event.get("requestId").getAsString(), event);
  }

  private void redirected(JsonObject event) {
    if (event.has("redirectResponse")) {
      count(
          event.get("requestId").getAsString() + " redirected",
          event.getAsJsonObject("redirectResponse"));
    }
  }

  private void count(String request, JsonObject answer) {
    octets.merge(request, answer.get("encodedDataLength").getAsLong(), Long::sum);
  }
}
