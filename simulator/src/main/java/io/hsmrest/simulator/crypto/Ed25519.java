package io.hsmrest.simulator.crypto;

import java.io.IOException;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** Pure Ed25519 (RFC 8032). The encoding around the 64 bytes is {@link EdSignature}'s. */
final class Ed25519 implements SignatureScheme {

  @Override
  public SignResult sign(KeyMaterial key, SignInput input) throws IOException {
    Ed25519Signer signer = new Ed25519Signer();
    signer.init(true, key.parsed().privateKey());
    byte[] message = input.payload().content();
    signer.update(message, 0, message.length);
    return SignatureScheme.plain(signer.generateSignature());
  }

  @Override
  public boolean verify(KeyMaterial key, Check check) throws IOException {
    byte[] raw = EdSignature.read(check.signature().content());
    if (raw == null) {
      return false;
    }
    Ed25519Signer signer = new Ed25519Signer();
    signer.init(false, (Ed25519PublicKeyParameters) key.parsed().publicKey());
    byte[] message = check.payload().content();
    signer.update(message, 0, message.length);
    return signer.verifySignature(raw);
  }
}
