package io.hsmrest.tests.scenario.signature;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.util.Base64URL;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Calendar;
import java.util.List;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignedInfo;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfo;
import javax.xml.crypto.dsig.keyinfo.KeyInfoFactory;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.ExternalSigningSupport;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.w3c.dom.Document;

/** What docs/signatures.md shows of JOSE, XML signatures and PDF. */
final class LibrarySnippets {
  private LibrarySnippets() {}

  static JWSObject jose(JWSAlgorithm algorithm, PrivateKey key, Provider provider, String text)
      throws JOSEException {
    // snippet jose
    JWSSigner signer =
        JWSAlgorithm.Family.EC.contains(algorithm)
            ? new ECDSASigner(key, Curve.forJWSAlgorithm(algorithm).iterator().next())
            : new RSASSASigner(key);
    signer.getJCAContext().setProvider(provider);
    JWSObject token = new JWSObject(new JWSHeader(algorithm), new Payload(text));
    token.sign(signer);
    // end
    return token;
  }

  static String joseEdDsa(PrivateKey key, Provider provider, String text)
      throws GeneralSecurityException {
    // snippet jose-eddsa
    JWSHeader header = new JWSHeader(JWSAlgorithm.Ed25519);
    String signingInput = header.toBase64URL() + "." + Base64URL.encode(text);
    Signature signature = Signature.getInstance("Ed25519", provider);
    signature.initSign(key);
    signature.update(signingInput.getBytes(StandardCharsets.US_ASCII));
    String token = signingInput + "." + Base64URL.encode(signature.sign());
    // end
    return token;
  }

  static void xml(
      Document document,
      PrivateKey key,
      X509Certificate certificate,
      String method,
      Provider provider)
      throws GeneralSecurityException, MarshalException, XMLSignatureException {
    // snippet xml
    XMLSignatureFactory factory = XMLSignatureFactory.getInstance("DOM");
    Reference whole =
        factory.newReference(
            "",
            factory.newDigestMethod(DigestMethod.SHA256, null),
            List.of(factory.newTransform(Transform.ENVELOPED, (TransformParameterSpec) null)),
            null,
            null);
    SignedInfo signedInfo =
        factory.newSignedInfo(
            factory.newCanonicalizationMethod(
                CanonicalizationMethod.EXCLUSIVE, (C14NMethodParameterSpec) null),
            factory.newSignatureMethod(method, null),
            List.of(whole));
    KeyInfoFactory keyInfos = factory.getKeyInfoFactory();
    KeyInfo keyInfo = keyInfos.newKeyInfo(List.of(keyInfos.newX509Data(List.of(certificate))));
    DOMSignContext context = new DOMSignContext(key, document.getDocumentElement());
    context.setProperty("org.jcp.xml.dsig.internal.dom.SignatureProvider", provider);
    factory.newXMLSignature(signedInfo, keyInfo).sign(context);
    // end
  }

  static byte[] pdf(PDDocument document, PrivateKey key, X509Certificate certificate, Calendar when)
      throws IOException, GeneralSecurityException, OperatorCreationException, CMSException {
    // snippet pdf
    PDSignature signature = new PDSignature();
    signature.setFilter(PDSignature.FILTER_ADOBE_PPKLITE);
    signature.setSubFilter(PDSignature.SUBFILTER_ADBE_PKCS7_DETACHED);
    signature.setSignDate(when);
    document.addSignature(signature);
    ByteArrayOutputStream signed = new ByteArrayOutputStream();
    ExternalSigningSupport external = document.saveIncrementalForExternalSigning(signed);
    CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
    generator.addSignerInfoGenerator(
        new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
            .build(new JcaContentSignerBuilder("SHA256withRSA").build(key), certificate));
    generator.addCertificates(new JcaCertStore(List.of(certificate)));
    byte[] content = external.getContent().readAllBytes();
    external.setSignature(
        generator.generate(new CMSProcessableByteArray(content), false).getEncoded());
    // end
    return signed.toByteArray();
  }
}
