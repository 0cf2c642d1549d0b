package io.hsmrest.simulator.crypto;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.jspecify.annotations.Nullable;

/** Certificate requests as text (contract 1.4). */
final class CertificateRequestPem {
  private static final int COLUMNS = 64;

  /** Possessive, so that no text takes longer than its length. */
  private static final Pattern ARMOUR =
      Pattern.compile(
          "(?:-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----)?([A-Za-z0-9+/=\\s]++)"
              + "(?:-----END (?:NEW )?CERTIFICATE REQUEST-----)?");

  private CertificateRequestPem() {}

  static String write(byte[] der) {
    String base64 =
        Base64.getMimeEncoder(COLUMNS, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(der);
    return "-----BEGIN NEW CERTIFICATE REQUEST-----\n"
        + base64
        + "\n-----END NEW CERTIFICATE REQUEST-----\n";
  }

  /** Reads a request and checks that its maker holds the key; 628 otherwise. */
  static PKCS10CertificationRequest read(String pem) {
    Matcher matcher = ARMOUR.matcher(pem.strip());
    if (!matcher.matches()) {
      throw malformed(null);
    }
    try {
      byte[] der = Base64.getDecoder().decode(matcher.group(1).replaceAll("\\s", ""));
      PKCS10CertificationRequest request = new PKCS10CertificationRequest(der);
      if (!request.isSignatureValid(
          new JcaContentVerifierProviderBuilder()
              .setProvider(BouncyCastle.provider())
              .build(request.getSubjectPublicKeyInfo()))) {
        throw malformed(null);
      }
      // Nothing is parsed before it is asked for.
      request.getRequestedExtensions();
      return request;
    } catch (ServiceRefusal e) {
      throw e;
    } catch (IOException | PKCSException | OperatorCreationException | RuntimeException e) {
      throw malformed(e);
    }
  }

  private static ServiceRefusal malformed(@Nullable Exception cause) {
    return new ServiceRefusal(
        Reason.CSR_INVALID_FORMAT, "The certificate signing request has an invalid format.", cause);
  }
}
