package io.hsmrest.provider.cli;

import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.TaskKind;
import io.hsmrest.client.model.TaskRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether a certificate, or certification request, that is signed is the one that was asked for
 * (contract 2.3). What both say and say differently is a contradiction. What one of them says alone
 * is a doubt: services may leave out what was asked for.
 */
final class CertificateCheck {
  private static final String NOT_ASKED = ", which the request does not ask for";

  private final TaskRequest request;
  private final Map<String, String> asked;
  private final DerContent signed;
  private final List<String> refusals = new ArrayList<>();
  private final List<String> doubts = new ArrayList<>();

  CertificateCheck(TaskRequest request, DerContent signed) {
    this.request = request;
    this.asked = request.members();
    this.signed = signed;
  }

  void run() {
    if (signed.isRequest() != (request.kind() == TaskKind.CSR)) {
      refusals.add("the request is to " + request.kind() + ", to be signed is a " + signed.kind());
    }
    subject();
    key();
    validity();
    algorithm();
    authority();
    Extensions extensions = signed.extensions();
    compare("key usage", AskedCertificate.list(asked.get("keyUsage")), extensions.keyUsages());
    compare(
        "extended key usage",
        AskedCertificate.usages(asked.get("extendedKeyUsage")),
        extensions.extendedKeyUsages());
    compare("name", AskedCertificate.names(asked), extensions.names());
  }

  List<String> refusals() {
    return refusals;
  }

  List<String> doubts() {
    return doubts;
  }

  private void subject() {
    if (signed.subject() == null) {
      return;
    }
    Set<Map.Entry<String, String>> has = AskedCertificate.attributes(signed.subject());
    Set<Map.Entry<String, String>> wanted = AskedCertificate.subject(asked);
    String name = CertificateText.name(signed.subject());
    Set<String> other = new TreeSet<>();
    for (Map.Entry<String, String> attribute : wanted) {
      if (!has.contains(attribute)) {
        other.add(attribute.getKey());
        refusals.add(
            "the request is for the subject "
                + (attribute.getKey().equals("commonName") ? "" : attribute.getKey() + "=")
                + attribute.getValue()
                + ", to be signed is "
                + name);
      }
    }
    for (Map.Entry<String, String> attribute : has) {
      if (!wanted.contains(attribute) && !other.contains(attribute.getKey())) {
        String what = "the subject " + name + " has " + attribute.getKey();
        boolean differs = wanted.stream().anyMatch(a -> a.getKey().equals(attribute.getKey()));
        (differs ? refusals : doubts).add(what + "=" + attribute.getValue() + NOT_ASKED);
      }
    }
    if (request.kind() == TaskKind.SELF_SIGN && !signed.subject().equals(signed.issuer())) {
      refusals.add(
          "the request is to self-sign, to be signed is a certificate of "
              + CertificateText.name(signed.issuer()));
    }
  }

  private void key() {
    Octets wanted = CertificateRequestText.csr(asked).map(DerContent::publicKey).orElse(null);
    if (wanted != null && !wanted.equals(signed.publicKey())) {
      refusals.add("to be signed is a certificate for another key than that of the request");
    }
  }

  /** To the day, because nobody says whether the last one counts. */
  private void validity() {
    String days = asked.get("validity");
    if (signed.notBefore() == null || signed.notAfter() == null || request.kind() == TaskKind.CSR) {
      return;
    }
    long signedDays = Duration.between(signed.notBefore(), signed.notAfter()).toDays();
    if (days == null) {
      doubts.add("to be signed are " + signedDays + " days of validity" + NOT_ASKED);
    } else if (!days.matches("\\d{1,9}") || Math.abs(Long.parseLong(days) - signedDays) > 1) {
      refusals.add("the request is for " + days + " days, to be signed are " + signedDays);
    }
  }

  private void algorithm() {
    String name = request.algorithm();
    String expected = name == null ? null : AskedCertificate.ALGORITHMS.get(name);
    String oid = signed.algorithm();
    if (expected != null && oid != null && !expected.equals(oid)) {
      refusals.add("the request is for " + name + ", to be signed is with " + oid);
    }
  }

  private void authority() {
    String wanted = asked.get("certificateAuthority");
    boolean isAuthority = signed.extensions().isAuthority();
    if (isAuthority && !"true".equals(wanted)) {
      (wanted == null ? doubts : refusals).add("to be signed is a CA's certificate" + NOT_ASKED);
    } else if (!isAuthority && "true".equals(wanted)) {
      doubts.add("the request is for a CA's certificate, to be signed is one that is no CA's");
    }
  }

  private void compare(String what, @Nullable Set<String> wanted, @Nullable List<String> has) {
    Set<String> more = has == null ? new TreeSet<>() : new TreeSet<>(has);
    Set<String> less = wanted == null ? new TreeSet<>() : new TreeSet<>(wanted);
    if (wanted != null) {
      more.removeAll(wanted);
    }
    if (has != null) {
      less.removeAll(has);
    }
    if (!more.isEmpty()) {
      // Those of the certification request may be copied.
      boolean contradicts = wanted != null && !"COPY".equals(asked.get("copyExtensions"));
      (contradicts ? refusals : doubts)
          .add("to be signed is the " + what + " " + String.join(", ", more) + NOT_ASKED);
    }
    if (!less.isEmpty()) {
      doubts.add(
          "the request is for the "
              + what
              + " "
              + String.join(", ", less)
              + ", which is not in what is to be signed");
    }
  }
}
