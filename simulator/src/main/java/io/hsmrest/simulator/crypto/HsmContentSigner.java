package io.hsmrest.simulator.crypto;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;

/** Lets Bouncy Castle's builders sign with a key of the partition. For one thread. */
final class HsmContentSigner implements ContentSigner {
  private final Signing signing;
  private final KeyMaterial key;
  private final SignatureAlgorithm algorithm;
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();

  HsmContentSigner(Signing signing, KeyMaterial key, SignatureAlgorithm algorithm) {
    this.signing = signing;
    this.key = key;
    this.algorithm = algorithm;
  }

  @Override
  public AlgorithmIdentifier getAlgorithmIdentifier() {
    String jcaName =
        algorithm.scheme() == Scheme.EDDSA ? "Ed25519" : algorithm.name().replace("_WITH_", "with");
    return new DefaultSignatureAlgorithmIdentifierFinder().find(jcaName);
  }

  @Override
  public OutputStream getOutputStream() {
    return content;
  }

  @Override
  public byte[] getSignature() {
    return signing
        .plainSignature(key, SignInput.of(algorithm, Bytes.owning(content.toByteArray())))
        .toArray();
  }
}
