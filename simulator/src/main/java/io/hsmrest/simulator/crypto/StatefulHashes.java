package io.hsmrest.simulator.crypto;

import java.io.IOException;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.pqc.crypto.MessageSigner;
import org.bouncycastle.pqc.crypto.lms.HSSPrivateKeyParameters;
import org.bouncycastle.pqc.crypto.lms.HSSSigner;
import org.bouncycastle.pqc.crypto.xmss.XMSSPrivateKeyParameters;
import org.bouncycastle.pqc.crypto.xmss.XMSSSigner;

/** LMS (RFC 8554, one level of HSS) and XMSS (RFC 8391): each signature uses up a one-time key. */
final class StatefulHashes implements SignatureScheme {

  @Override
  public SignResult sign(KeyMaterial key, SignInput input) throws IOException {
    AsymmetricKeyParameter state = key.parsed().privateKey();
    synchronized (state) {
      if (remaining(state) == 0) {
        throw ServiceRefusal.inHsm("Error creating signature. The key is used up.");
      }
      MessageSigner signer = signer(key);
      signer.init(true, state);
      byte[] signature = signer.generateSignature(input.payload().content());
      return new SignResult(Bytes.owning(signature), null, key.successor(state));
    }
  }

  @Override
  public boolean verify(KeyMaterial key, Check check) throws IOException {
    MessageSigner signer = signer(key);
    signer.init(false, key.parsed().publicKey());
    return signer.verifySignature(check.payload().content(), check.signature().content());
  }

  private static MessageSigner signer(KeyMaterial key) {
    return key.family() == KeyFamily.LMS ? new HSSSigner() : new XMSSSigner();
  }

  private static long remaining(AsymmetricKeyParameter state) {
    return state instanceof HSSPrivateKeyParameters lms
        ? lms.getUsagesRemaining()
        : ((XMSSPrivateKeyParameters) state).getUsagesRemaining();
  }
}
