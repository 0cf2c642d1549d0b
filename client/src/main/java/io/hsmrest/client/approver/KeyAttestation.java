package io.hsmrest.client.approver;

import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.PemText;
import io.hsmrest.client.model.Policy;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * What a key's attestation says that approvers want to know (contract 2.1.3, G20).
 *
 * @param label the key's label, null where it has none
 * @param uuid the key's UUID where it is stored outside of the HSM, else null
 * @param algorithm the service's name of its algorithm, null where it has none
 * @param keySizeBits null where the size is the curve's
 * @param policy null for a key without one
 */
public record KeyAttestation(
    @Nullable String label,
    @Nullable String uuid,
    @Nullable String algorithm,
    @Nullable String keySizeBits,
    @Nullable Policy policy) {

  /**
   * Reads the XML; entities and other documents are not looked at.
   *
   * @throws HsmProtocolException when it is none
   */
  public static KeyAttestation read(String xml) throws HsmProtocolException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      return new Reader(factory.createXMLStreamReader(new StringReader(xml.strip()))).read();
    } catch (XMLStreamException | IllegalArgumentException | ArithmeticException e) {
      throw new HsmProtocolException("the key's attestation cannot be read", e);
    }
  }

  private static final class Reader {
    private final XMLStreamReader xml;
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, Policy.Rule> rules = new HashMap<>();
    private boolean hasPolicy;

    Reader(XMLStreamReader xml) {
      this.xml = xml;
    }

    KeyAttestation read() throws XMLStreamException {
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamConstants.START_ELEMENT) {
          element(xml.getLocalName());
        }
      }
      Policy policy =
          new Policy(
              rules.get("rule_use"),
              rules.get("rule_block"),
              rules.get("rule_unblock"),
              rules.get("rule_modify"),
              "true".equals(texts.get("blocked")));
      return new KeyAttestation(
          texts.get("label"),
          texts.get("uuid"),
          texts.get("algorithm"),
          texts.get("key_size"),
          hasPolicy ? policy : null);
    }

    private void element(String name) throws XMLStreamException {
      switch (name) {
        case "label", "uuid", "algorithm", "key_size", "blocked" ->
            texts.putIfAbsent(name, xml.getElementText().strip());
        case "policy" -> hasPolicy = true;
        case "rule_use", "rule_block", "rule_unblock", "rule_modify" -> rules.put(name, rule(name));
        default -> {}
      }
    }

    /** Whether there is another element of that name before {@code parent} ends. */
    private boolean startOf(String name, String parent) throws XMLStreamException {
      while (xml.hasNext()) {
        int event = xml.next();
        if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals(parent)) {
          return false;
        }
        if (event == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals(name)) {
          return true;
        }
      }
      return false;
    }

    private Policy.Rule rule(String name) throws XMLStreamException {
      List<Policy.Token> tokens = new ArrayList<>();
      while (startOf("token", name)) {
        tokens.add(token());
      }
      return new Policy.Rule(tokens.isEmpty() ? null : tokens);
    }

    private Policy.Token token() throws XMLStreamException {
      String name = xml.getAttributeValue(null, "name");
      Map<String, Long> seconds = new HashMap<>();
      List<Policy.Group> groups = new ArrayList<>();
      while (child("token")) {
        switch (xml.getLocalName()) {
          case "timelock", "timeout" -> seconds.put(xml.getLocalName(), number());
          case "group" -> groups.add(group());
          default -> {}
        }
      }
      return new Policy.Token(
          name,
          Duration.ofSeconds(seconds.getOrDefault("timelock", 0L)),
          Duration.ofSeconds(seconds.getOrDefault("timeout", 0L)),
          groups);
    }

    private Policy.Group group() throws XMLStreamException {
      String name = xml.getAttributeValue(null, "name");
      long quorum = 0;
      List<Policy.Approver> approvers = new ArrayList<>();
      while (child("group")) {
        switch (xml.getLocalName()) {
          case "quorum" -> quorum = number();
          case "approval" -> approvers.add(approver());
          default -> {}
        }
      }
      return new Policy.Group(name, Math.toIntExact(quorum), approvers);
    }

    private Policy.Approver approver() throws XMLStreamException {
      String type = xml.getAttributeValue(null, "type");
      String name = xml.getAttributeValue(null, "name");
      String text = xml.getElementText();
      Octets value = text.isBlank() ? null : PemText.decode(text);
      return new Policy.Approver(type == null ? "public_key" : type, name, value);
    }

    /** Whether another element begins before {@code parent} ends. */
    private boolean child(String parent) throws XMLStreamException {
      while (xml.hasNext()) {
        int event = xml.next();
        if (event == XMLStreamConstants.START_ELEMENT) {
          return true;
        }
        if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals(parent)) {
          return false;
        }
      }
      return false;
    }

    private long number() throws XMLStreamException {
      return Long.parseLong(xml.getElementText().strip());
    }
  }
}
