package io.hsmrest.tests.scenario.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import io.hsmrest.keystore.HsmPrivateKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Calendar;
import java.util.Date;
import java.util.Locale;
import java.util.TimeZone;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.ContentVerifierProvider;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;

/** Libraries that sign with whatever private key they are given. */
@Tag("scenario")
@ResourceLock(Resources.GLOBAL) // the JVM's list of providers
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LibrariesTest {
  private final SigningKeys keys =
      new SigningKeys("{}", "RSA", "secp256r1", "secp384r1", "secp521r1", "ED");
  private final Provider provider = keys.provider();

  @BeforeAll
  void register() {
    Security.addProvider(provider);
  }

  @AfterAll
  void stop() {
    Security.removeProvider(provider.getName());
    keys.close();
  }

  private HsmPrivateKey key(String label) {
    return SigningKeys.handle(provider, label);
  }

  private static X509Certificate certificate(HsmPrivateKey key, ContentSigner signer)
      throws Exception {
    X500Name name = new X500Name("CN=CA in the HSM");
    Instant now = Instant.now();
    return new JcaX509CertificateConverter()
        .getCertificate(
            new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.ONE,
                    Date.from(now.minusSeconds(60)),
                    Date.from(now.plusSeconds(3600)),
                    name,
                    key.publicKey())
                .build(signer));
  }

  @ParameterizedTest
  @CsvSource({
    "SHA256withRSA, RSA",
    "SHA384withRSA, RSA",
    "SHA256withRSAandMGF1, RSA",
    "SHA256withECDSA, secp256r1",
    "SHA512withECDSA, secp521r1",
    "SHA3-256withECDSA, secp384r1",
    "Ed25519, ED"
  })
  void bouncyCastleSignsWhatItBuilds(String algorithm, String label) throws Exception {
    HsmPrivateKey key = key(label);
    ContentSigner signer = BouncyCastleSnippets.signer(algorithm, key);
    ContentVerifierProvider verifier =
        new JcaContentVerifierProviderBuilder().build(key.publicKey());
    X509Certificate ca = certificate(key, signer);
    ca.verify(key.publicKey());

    assertThat(
            BouncyCastleSnippets.request(
                    key.publicKey(), BouncyCastleSnippets.signer(algorithm, key))
                .isSignatureValid(verifier))
        .isTrue();
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    X509CertificateHolder issued =
        BouncyCastleSnippets.certificate(
            ca,
            generator.generateKeyPair().getPublic(),
            BouncyCastleSnippets.signer(algorithm, key));
    assertThat(issued.isSignatureValid(verifier)).isTrue();
    assertThat(
            BouncyCastleSnippets.crl(
                    ca, issued.getSerialNumber(), BouncyCastleSnippets.signer(algorithm, key))
                .isSignatureValid(verifier))
        .isTrue();
    assertThat(
            BouncyCastleSnippets.ocsp(
                    ca, issued.getSerialNumber(), BouncyCastleSnippets.signer(algorithm, key))
                .isSignatureValid(verifier))
        .isTrue();
    CMSSignedData signed =
        BouncyCastleSnippets.cms(
            ca, new byte[] {1, 2, 3}, BouncyCastleSnippets.signer(algorithm, key));
    assertVerified(new CMSSignedData(signed.getEncoded()), ca);
  }

  private static void assertVerified(CMSSignedData signed, X509Certificate certificate)
      throws Exception {
    assertThat(signed.getSignerInfos().getSigners()).hasSize(1);
    for (SignerInformation signer : signed.getSignerInfos().getSigners()) {
      assertThat(signer.verify(new JcaSimpleSignerInfoVerifierBuilder().build(certificate)))
          .isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RS256, RSA",
    "RS512, RSA",
    "PS256, RSA",
    "PS384, RSA",
    "PS512, RSA",
    "ES256, secp256r1",
    "ES384, secp384r1",
    "ES512, secp521r1"
  })
  void nimbusSignsTokens(String algorithm, String label) throws Exception {
    HsmPrivateKey key = key(label);
    JWSObject token = LibrarySnippets.jose(JWSAlgorithm.parse(algorithm), key, provider, "payload");
    JWSObject read = JWSObject.parse(token.serialize());
    assertThat(
            read.verify(
                key.publicKey() instanceof ECPublicKey ec
                    ? new ECDSAVerifier(ec)
                    : new RSASSAVerifier((RSAPublicKey) key.publicKey())))
        .isTrue();
  }

  @Test
  void tokensWithEd25519AreSignedOverTheirInput() throws Exception {
    HsmPrivateKey key = key("ED");
    JWSObject token = JWSObject.parse(LibrarySnippets.joseEdDsa(key, provider, "payload"));
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(key.publicKey());
    verifier.update(token.getSigningInput());
    assertThat(verifier.verify(token.getSignature().decode())).isTrue();
    assertThat(token.getPayload().toBase64URL()).isEqualTo(Base64URL.encode("payload"));
  }

  @ParameterizedTest
  @CsvSource({
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256, SHA256withRSA, RSA",
    "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1, SHA256withRSA, RSA",
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256, SHA256withECDSA, secp256r1",
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384, SHA384withECDSA, secp384r1"
  })
  void theJdkSignsXml(String method, String algorithm, String label) throws Exception {
    HsmPrivateKey key = key(label);
    Document document = signed(method, algorithm, key, provider);
    assertThat(isValid(document, key)).isTrue();
    document.getDocumentElement().setAttribute("changed", "yes");
    assertThat(isValid(document, key)).isFalse();
  }

  /** Our provider is the last here. */
  @ParameterizedTest
  @CsvSource({
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256, SHA256withRSA, RSA, true",
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512, SHA512withRSA, RSA, true",
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256, SHA256withECDSA, secp256r1, true",
    "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1, SHA256withRSA, RSA, false",
    "http://www.w3.org/2007/05/xmldsig-more#sha512-rsa-MGF1, SHA512withRSA, RSA, false"
  })
  void xmlNeedsTheProviderNamedForPssAlone(
      String method, String algorithm, String label, boolean works) throws Exception {
    HsmPrivateKey key = key(label);
    if (works) {
      assertThat(isValid(signed(method, algorithm, key, null), key)).isTrue();
    } else {
      assertThatThrownBy(() -> signed(method, algorithm, key, null))
          .isInstanceOf(XMLSignatureException.class);
    }
  }

  private static Document signed(String method, String algorithm, HsmPrivateKey key, Provider named)
      throws Exception {
    X509Certificate certificate = certificate(key, BouncyCastleSnippets.signer(algorithm, key));
    DocumentBuilderFactory documents = DocumentBuilderFactory.newInstance();
    documents.setNamespaceAware(true);
    Document document =
        documents
            .newDocumentBuilder()
            .parse(
                new ByteArrayInputStream(
                    "<order><item/></order>".getBytes(StandardCharsets.UTF_8)));
    LibrarySnippets.xml(document, key, certificate, method, named);
    return document;
  }

  private static boolean isValid(Document document, HsmPrivateKey key) throws Exception {
    DOMValidateContext context =
        new DOMValidateContext(
            key.publicKey(),
            document
                .getElementsByTagNameNS("http://www.w3.org/2000/09/xmldsig#", "Signature")
                .item(0));
    return XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context).validate(context);
  }

  @Test
  void pdfBoxSignsDocuments() throws Exception {
    HsmPrivateKey key = key("RSA");
    X509Certificate certificate =
        certificate(key, BouncyCastleSnippets.signer("SHA256withRSA", key));
    ByteArrayOutputStream empty = new ByteArrayOutputStream();
    try (PDDocument document = new PDDocument()) {
      document.addPage(new PDPage());
      document.save(empty);
    }
    byte[] signed;
    try (PDDocument document = Loader.loadPDF(empty.toByteArray())) {
      Calendar when = Calendar.getInstance(TimeZone.getTimeZone("UTC"), Locale.ROOT);
      signed = LibrarySnippets.pdf(document, key, certificate, when);
    }
    try (PDDocument document = Loader.loadPDF(signed)) {
      PDSignature signature = document.getSignatureDictionaries().get(0);
      assertVerified(
          new CMSSignedData(
              new CMSProcessableByteArray(signature.getSignedContent(signed)),
              signature.getContents(signed)),
          certificate);
    }
  }
}
