import io.hsmrest.client.model.ExtendedKeyUsage;
import io.hsmrest.client.model.KeyUsage;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.PemText;
import io.hsmrest.keystore.CertificateTemplate;
import io.hsmrest.keystore.SelfSignRequest;
import java.io.FileInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;

/** Self-signs a CA key of the HSM through KeyStore.setEntry and writes its certificate as PEM. */
public class SelfSign {
  public static void main(String[] args) throws Exception {
    if (args.length < 4) {
      System.err.println(
          "usage: SelfSign <hsmrest.properties> <alias> <common name> <out.pem> [anyExtendedKeyUsage]");
      System.exit(2);
    }
    String alias = args[1];
    KeyStore keyStore = KeyStore.getInstance("HsmRest");
    try (InputStream configuration = new FileInputStream(args[0])) {
      keyStore.load(configuration, null);
    }
    CertificateTemplate template =
        CertificateTemplate.ofCommonName(args[2])
            .asCertificateAuthority(true)
            .validFor(3650)
            .withKeyUsage(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_CERT_SIGN);
    if (args.length > 4) {
      template = template.withExtendedKeyUsage(ExtendedKeyUsage.ANY_EXTENDED_KEY_USAGE);
    }

    keyStore.setEntry(alias, new SelfSignRequest(template), null); // blocks until approved

    X509Certificate certificate = (X509Certificate) keyStore.getCertificate(alias);
    System.out.println("key:         " + keyStore.getKey(alias, null));
    System.out.println("subject:     " + certificate.getSubjectX500Principal());
    System.out.println("valid until: " + certificate.getNotAfter().toInstant());
    Files.writeString(
        Path.of(args[3]), PemText.encode("CERTIFICATE", Octets.of(certificate.getEncoded())));
  }
}
