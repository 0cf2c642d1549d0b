package io.hsmrest.keystore;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestMetadata;
import io.hsmrest.client.model.SignAnswer;
import io.hsmrest.client.model.SignRequest;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Signing with the key of a handle. */
final class SignatureUse implements KeyUse<RemoteSignature> {
  private final RemotePrivateKey key;
  private final SignatureForm form;
  private final SignRequest request;
  private final String purpose;
  private final Predicate<RemoteSignature> confirmed;
  private final Runnable beforeApproval;

  /**
   * A signature.
   *
   * @param purpose what approvers are told it is for, such as the JCA algorithm's name
   * @param confirmed whether the public key confirms it over what is signed here
   * @param beforeApproval runs before people are asked, and only then; what it throws ends this
   */
  SignatureUse(
      RemotePrivateKey key,
      SignatureForm form,
      String purpose,
      Predicate<RemoteSignature> confirmed,
      Runnable beforeApproval) {
    this.key = key;
    this.form = form;
    this.purpose = purpose;
    this.confirmed = confirmed;
    this.beforeApproval = beforeApproval;
    this.request =
        new SignRequest(
            key.label(),
            key.password(),
            form.serviceAlgorithm(),
            form.signatureType(),
            form.payload());
  }

  @Override
  public Description description() {
    return new Description(key.label(), key.policy(), key.password(), "sign");
  }

  @Override
  public Map<String, String> details() {
    return Map.of("algorithm", purpose, "digest", PayloadDigest.describe(request));
  }

  @Override
  public RemoteSignature direct() throws HsmException {
    SignAnswer answer = key.session().client().sign(request);
    key.session().signingMemory().learnGate(key.label(), false);
    return RemoteSignature.direct(answer, form.serviceAlgorithm());
  }

  @Override
  public String submit(RequestMetadata metadata) throws HsmException {
    key.session().signingMemory().learnGate(key.label(), true);
    beforeApproval.run();
    return key.session().client().submitSign(request, metadata);
  }

  @Override
  public RemoteSignature read(String requestId, @Nullable String result) throws HsmException {
    if (result == null || result.isEmpty()) {
      throw new HsmProtocolException(
          "request "
              + requestId
              + " to sign with key '"
              + key.label()
              + "' is EXECUTED and carries no signature",
          null);
    }
    return RemoteSignature.executed(Octets.ofBase64(result), form.serviceAlgorithm(), requestId);
  }

  @Override
  public boolean isOurs(RemoteSignature result) {
    return confirmed.test(result);
  }

  @Override
  public String identity() {
    return String.join(
        "\n", "sign", key.label(), form.serviceAlgorithm(), form.payload().toBase64());
  }
}
