package de.kreissiegel.ra.pages.device;

import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The steps for each device, for everybody, also on the device itself. */
@Controller
class DeviceGuide {
  @GetMapping("/info/devices")
  String all(Model model) {
    model.addAttribute("devices", List.of(Device.values()));
    return "devices";
  }

  @GetMapping("/info/devices/{device}")
  String one(@PathVariable String device, Model model) throws Refused {
    model.addAttribute(
        "device",
        Device.of(device)
            .orElseThrow(() -> new Refused(RefusalReason.NOT_FOUND, "no device of this name")));
    return "device";
  }
}
