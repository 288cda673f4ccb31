package de.kreissiegel.ra.validation;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks by {@code wrk}, with a serial number drawn uniformly from the file for each request, and a
 * nonce that is new each time if one is wished.
 */
final class LoadWrk {
  private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in ([0-9.]+)(m?s)");
  private static final Pattern NINETY_NINE = Pattern.compile("99%\\s+([0-9.]+)(us|ms|s)");
  private static final Pattern ERRORS = Pattern.compile("Non-2xx[^\\n]*");

  private final Path script;

  /**
   * @param head of the requests: all before the serial number of 16 octets
   * @param middle all between that and the nonce
   * @param nonce how many octets the nonce has; 0: none
   */
  LoadWrk(Path folder, byte[] head, byte[] middle, int nonce, Path serials) throws Exception {
    script = folder.resolve("ocsp.lua");
    Files.writeString(
        script,
        """
        local file = io.open("%s", "rb")
        local serials = file:read("*a")
        file:close()
        local count = #serials / 16
        local function octets(hex)
          return (hex:gsub("%%x%%x", function(h) return string.char(tonumber(h, 16)) end))
        end
        local head = octets("%s")
        local middle = octets("%s")
        local nonce = %d
        local http = "POST /ocsp HTTP/1.1\\r\\nHost: localhost\\r\\n"
          .. "Content-Type: application/ocsp-request\\r\\nContent-Length: " .. (#head + 16 + #middle + nonce)
          .. "\\r\\n\\r\\n" .. head
        local pause = tonumber(os.getenv("PAUSE") or "0")
        math.randomseed(os.time())
        function request()
          local at = math.random(0, count - 1) * 16
          local asked = http .. serials:sub(at + 1, at + 16) .. middle
          if nonce > 0 then
            asked = asked .. string.format("%%0" .. nonce .. "d", math.random(0, 2^52))
          end
          return asked
        end
        if pause > 0 then
          function delay() return math.random(0, 2 * pause) end
        end
        """
            .formatted(
                serials, HexFormat.of().formatHex(head), HexFormat.of().formatHex(middle), nonce),
        StandardCharsets.UTF_8);
  }

  /** What wrk saw; p99 in milliseconds. */
  record Seen(long requests, double perSecond, double p99, String errors) {}

  Seen run(int port, int connections, int seconds, int pauseMillis) throws Exception {
    var builder =
        new ProcessBuilder(
                List.of(
                    "wrk",
                    "-t1",
                    "-c" + connections,
                    "-d" + seconds + "s",
                    "--latency",
                    "-s",
                    script.toString(),
                    "http://127.0.0.1:" + port + "/ocsp"))
            .redirectErrorStream(true);
    builder.environment().put("PAUSE", Integer.toString(pauseMillis));
    Process wrk = builder.start();
    String said = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    wrk.waitFor();
    Matcher requests = REQUESTS.matcher(said);
    Matcher slow = NINETY_NINE.matcher(said);
    Matcher errors = ERRORS.matcher(said);
    if (!requests.find() || !slow.find()) {
      throw new IllegalStateException("wrk said: " + said);
    }
    long count = Long.parseLong(requests.group(1));
    double unit =
        switch (slow.group(2)) {
          case "us" -> 0.001;
          case "ms" -> 1;
          default -> 1000;
        };
    return new Seen(
        count,
        count / Double.parseDouble(requests.group(2)),
        Double.parseDouble(slow.group(1)) * unit,
        errors.find() ? errors.group() : "");
  }
}
