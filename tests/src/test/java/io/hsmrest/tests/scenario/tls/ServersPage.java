package io.hsmrest.tests.scenario.tls;

import io.hsmrest.tests.documents.Checkout;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of docs/servers.md, with this machine's file and key in them. */
final class ServersPage {
  private ServersPage() {}

  /** The attributes of the XML element, or the properties, of one block. */
  static Map<String, String> block(String name, Path configuration, TlsKey key) {
    Matcher block =
        Pattern.compile("<!-- tested " + name + " -->\n```\\w+\n(.*?)```", Pattern.DOTALL)
            .matcher(Checkout.text("docs/servers.md"));
    if (!block.find()) {
      throw new AssertionError("docs/servers.md has no block " + name);
    }
    Map<String, String> values = new LinkedHashMap<>();
    Matcher value = Pattern.compile("([\\w.]+)=\"?([^\"\\s]+)\"?").matcher(block.group(1));
    while (value.find()) {
      values.put(
          value.group(1),
          value
              .group(2)
              .replace("conf/hsmrest.properties", configuration.toString())
              .replace("web-tls", key.label()));
    }
    return values;
  }
}
