import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.PemText;
import io.hsmrest.keystore.CertificateTemplate;
import io.hsmrest.keystore.HsmCertificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;

/** Issues a certificate for a CSR with a CA key of the HSM; writes it with the CA's as a chain. */
public class IssueCertificate {
  public static void main(String[] args) throws Exception {
    if (args.length != 5) {
      System.err.println(
          "usage: IssueCertificate <hsmrest.properties> <CA alias> <CSR> <common name> <chain.pem>");
      System.exit(2);
    }
    HsmCertificates certificates = HsmCertificates.open(Path.of(args[0]));

    X509Certificate issued =
        certificates.issue( // blocks until approved
            args[1],
            Files.readAllBytes(Path.of(args[2])),
            CertificateTemplate.ofCommonName(args[3]).validFor(90));

    X509Certificate authority = certificates.certificate(args[1]).orElseThrow();
    StringBuilder chain = new StringBuilder();
    for (X509Certificate certificate : List.of(issued, authority)) {
      chain.append(PemText.encode("CERTIFICATE", Octets.of(certificate.getEncoded())));
    }
    Files.writeString(Path.of(args[4]), chain);
    System.out.println("issued " + issued.getSubjectX500Principal() + ", signed by "
        + issued.getIssuerX500Principal() + ", chain in " + args[4]);
  }
}
