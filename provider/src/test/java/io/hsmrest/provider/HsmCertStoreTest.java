package io.hsmrest.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.HsmException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.cert.CertStore;
import java.security.cert.CertStoreException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.X509CRLSelector;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;

class HsmCertStoreTest {

  @Test
  void certificatesAreChosenByTheSelector() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
    X509Certificate one = PathCertificate.root("CN=One", pair);
    X509Certificate two = PathCertificate.root("CN=Two", pair);
    HsmCertStoreSpi store = new HsmCertStoreSpi(FixedCertificates.of(one, two));
    X509CertSelector selector = new X509CertSelector();
    selector.setSubject(new X500Principal("CN=Two"));

    assertThat(store.engineGetCertificates(selector).toString()).isEqualTo(List.of(two).toString());
    assertThat(store.engineGetCertificates(null)).hasSize(2);
  }

  @Test
  void thereAreNoCrls() throws Exception {
    HsmCertStoreSpi store = new HsmCertStoreSpi(FixedCertificates.of());
    assertThat(store.engineGetCRLs(new X509CRLSelector())).isEmpty();
  }

  @Test
  void aServiceThatFailsIsAnErrorAndNoEmptyStore() throws Exception {
    HsmCertificateSource failing =
        new HsmCertificateSource() {
          @Override
          public List<X509Certificate> certificates() throws HsmException {
            throw new HsmException("list keys: no connection", null);
          }

          @Override
          public List<X509Certificate> download(X509Certificate child) {
            return List.of();
          }
        };
    assertThatThrownBy(() -> new HsmCertStoreSpi(failing).engineGetCertificates(null))
        .isInstanceOf(CertStoreException.class)
        .hasMessage("list keys: no connection");
  }

  @Test
  void itTakesNoParameters() throws Exception {
    Provider provider = new HsmRestProvider();
    assertThat(CertStore.getInstance("HsmRest", null, provider).getType()).isEqualTo("HsmRest");
    assertThatThrownBy(
            () -> CertStore.getInstance("HsmRest", new CollectionCertStoreParameters(), provider))
        .isInstanceOf(InvalidAlgorithmParameterException.class)
        .hasMessageContaining("takes no parameters");
  }
}
