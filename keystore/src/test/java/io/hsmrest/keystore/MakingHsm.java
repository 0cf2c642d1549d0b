package io.hsmrest.keystore;

import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.model.CsrRequest;
import io.hsmrest.client.model.IssueCertificateRequest;
import io.hsmrest.client.model.KeyDescription;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.PemText;
import io.hsmrest.client.model.Policy;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.RequestStatus;
import io.hsmrest.client.model.RequestSummary;
import io.hsmrest.client.model.Secret;
import io.hsmrest.client.model.SelfSignCertificateRequest;
import io.hsmrest.client.model.SubjectAlternativeName;
import io.hsmrest.client.model.SubjectAttribute;
import io.hsmrest.client.model.SubjectAttributes;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.jspecify.annotations.Nullable;

/**
 * An {@link InMemoryHsm} whose keys also make certificates and CSRs, as the service does unless a
 * test has it do something else.
 */
final class MakingHsm {
  final InMemoryHsm partition = new InMemoryHsm();

  private final Map<String, KeyPair> pairs = new HashMap<>();
  private final List<Object> requests = new ArrayList<>();
  private final Map<String, String> results = new HashMap<>();
  private final Set<String> gated = new HashSet<>();

  /** Changes what is asked for before it is made. */
  UnaryOperator<SelfSignCertificateRequest> selfSigning = UnaryOperator.identity();

  UnaryOperator<CsrRequest> requesting = UnaryOperator.identity();
  UnaryOperator<IssueCertificateRequest> issuing = UnaryOperator.identity();

  /** Changes what was made before it is handed out. */
  UnaryOperator<Octets> made = UnaryOperator.identity();

  /** What an executed request to self-sign answers (contract U12). */
  UnaryOperator<Octets> attached = UnaryOperator.identity();

  String selfSignResult = "true";
  boolean attaches = true;
  @Nullable HsmException directRefusal;

  MakingHsm withKey(String label, KeyPair pair) {
    partition.withKey(label, pair.getPublic(), null);
    pairs.put(label, pair);
    return this;
  }

  /** A key that people approve. */
  MakingHsm withGatedKey(String label, KeyPair pair) {
    gated.add(label);
    return withKey(label, pair);
  }

  /** How many requests were made. */
  int submitted() {
    return results.size();
  }

  /** What it was asked to make, in order. */
  List<Object> requests() {
    return requests;
  }

  HsmClient client() {
    return (HsmClient)
        Proxy.newProxyInstance(
            HsmClient.class.getClassLoader(),
            new Class<?>[] {HsmClient.class},
            (proxy, method, arguments) -> {
              switch (method.getName()) {
                case "readKey":
                  return withPolicy(
                      partition.readKey((String) arguments[0], (Secret) arguments[1]));
                case "selfSign":
                  if (directRefusal != null) {
                    throw directRefusal;
                  }
                  return selfSign((SelfSignCertificateRequest) arguments[0]);
                case "requestCsr":
                  return requestCsr((CsrRequest) arguments[0]);
                case "issueCertificate":
                  return issue((IssueCertificateRequest) arguments[0]);
                case "submitSelfSign":
                  Octets self = selfSign((SelfSignCertificateRequest) arguments[0]);
                  return submitted(
                      switch (selfSignResult) {
                        case "pem" -> PemText.encode("CERTIFICATE", self);
                        case "base64" -> self.toBase64();
                        default -> selfSignResult;
                      });
                case "submitCsr":
                  return submitted(
                      PemText.encode(
                          "NEW CERTIFICATE REQUEST", requestCsr((CsrRequest) arguments[0])));
                case "submitIssueCertificate":
                  return submitted(
                      PemText.encode("CERTIFICATE", issue((IssueCertificateRequest) arguments[0])));
                case "readRequest":
                  return executed((String) arguments[0]);
                case "scanRequests":
                  tellAll((Consumer<?>) arguments[1]);
                  return Optional.empty();
                case "listRequests":
                  return results.keySet().stream()
                      .map(id -> new RequestSummary(id, RequestState.EXECUTED))
                      .toList();
                default:
                  try {
                    return method.invoke(partition, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
              }
            });
  }

  @SuppressWarnings("unchecked") // As the method's signature says.
  private void tellAll(Consumer<?> each) {
    for (String id : results.keySet()) {
      ((Consumer<RequestSummary>) each).accept(new RequestSummary(id, RequestState.EXECUTED));
    }
  }

  private KeyDescription withPolicy(KeyDescription key) {
    return !gated.contains(key.label())
        ? key
        : new KeyDescription(
            key.label(),
            key.algorithm(),
            key.curveOid(),
            key.keySizeBits(),
            key.created(),
            key.publicKey(),
            key.flags(),
            new Policy(new Policy.Rule(null), null, null, null, false));
  }

  private String submitted(String result) {
    String id = "request-" + results.size();
    results.put(id, result);
    return id;
  }

  private RequestStatus executed(String id) {
    return new RequestStatus(
        id,
        RequestState.EXECUTED,
        "EXECUTED",
        null,
        List.of(),
        List.of(),
        List.of(),
        results.get(id));
  }

  private Octets selfSign(SelfSignCertificateRequest asked) throws Exception {
    requests.add(asked);
    SelfSignCertificateRequest request = selfSigning.apply(asked);
    KeyPair pair = pairs.get(request.keyName());
    Octets certificate =
        made.apply(
            certificate(
                name(request.subject()),
                request.validityDays(),
                name(request.subject()),
                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()),
                extensions(
                    request.certificateAuthority(),
                    request.keyUsage(),
                    request.extendedKeyUsage(),
                    request.subjectAlternativeNames()),
                pair.getPrivate(),
                request.signatureAlgorithm()));
    if (attaches) {
      partition.withRawCertificate(request.keyName(), attached.apply(certificate).toByteArray());
    }
    return certificate;
  }

  private Octets requestCsr(CsrRequest asked) throws Exception {
    requests.add(asked);
    CsrRequest request = requesting.apply(asked);
    KeyPair pair = pairs.get(request.keyName());
    PKCS10CertificationRequestBuilder builder =
        new PKCS10CertificationRequestBuilder(
            name(request.subject()),
            SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
    ExtensionsGenerator extensions =
        extensions(
            false,
            request.keyUsage(),
            request.extendedKeyUsage(),
            request.subjectAlternativeNames());
    if (!extensions.isEmpty()) {
      builder.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate());
    }
    return made.apply(
        Octets.of(
            builder
                .build(
                    new JcaContentSignerBuilder(jca(request.signatureAlgorithm()))
                        .build(pair.getPrivate()))
                .getEncoded()));
  }

  private Octets issue(IssueCertificateRequest asked) throws Exception {
    requests.add(asked);
    IssueCertificateRequest request = issuing.apply(asked);
    PKCS10CertificationRequest csr = new PKCS10CertificationRequest(request.csr().toByteArray());
    ExtensionsGenerator extensions =
        extensions(
            request.certificateAuthority(),
            request.keyUsage(),
            request.extendedKeyUsage(),
            request.subjectAlternativeNames());
    Extensions copied = csr.getRequestedExtensions();
    if (request.copyExtensions() && copied != null) {
      for (ASN1ObjectIdentifier oid : copied.getExtensionOIDs()) {
        extensions.addExtension(copied.getExtension(oid));
      }
    }
    X500Name issuer =
        new JcaX509CertificateHolder(
                JdkCrypto.certificate(
                    partition.readCertificate(request.caKeyName()).orElseThrow(), "ca"))
            .getSubject();
    return made.apply(
        certificate(
            issuer,
            request.validityDays() == null ? 90 : request.validityDays(),
            name(request.subject()),
            csr.getSubjectPublicKeyInfo(),
            extensions,
            pairs.get(request.caKeyName()).getPrivate(),
            request.signatureAlgorithm()));
  }

  private static Octets certificate(
      X500Name issuer,
      int days,
      X500Name subject,
      SubjectPublicKeyInfo key,
      ExtensionsGenerator extensions,
      PrivateKey signer,
      String algorithm)
      throws Exception {
    Instant from = Instant.parse("2026-06-01T00:00:00Z");
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            issuer,
            BigInteger.ZERO,
            Date.from(from),
            Date.from(from.plus(Duration.ofDays(days))),
            subject,
            key);
    if (!extensions.isEmpty()) {
      Extensions all = extensions.generate();
      for (ASN1ObjectIdentifier oid : all.getExtensionOIDs()) {
        builder.addExtension(all.getExtension(oid));
      }
    }
    return Octets.of(
        builder.build(new JcaContentSignerBuilder(jca(algorithm)).build(signer)).getEncoded());
  }

  static String jca(String serviceName) {
    return serviceName.equals("EDDSA") ? "Ed25519" : serviceName.replace("_WITH_", "with");
  }

  private static X500Name name(SubjectAttributes subject) {
    X500NameBuilder name = new X500NameBuilder();
    SubjectAttribute[] attributes = SubjectAttribute.values();
    for (int i = attributes.length - 1; i >= 0; i--) {
      String value = subject.values().get(attributes[i]);
      if (value != null && attributes[i] != SubjectAttribute.PSEUDONYM) {
        name.addRDN(new ASN1ObjectIdentifier(attributes[i].oid()), value);
      }
    }
    return name.build();
  }

  private static ExtensionsGenerator extensions(
      boolean ca,
      List<io.hsmrest.client.model.KeyUsage> usages,
      List<io.hsmrest.client.model.ExtendedKeyUsage> extended,
      List<SubjectAlternativeName> names)
      throws Exception {
    ExtensionsGenerator extensions = new ExtensionsGenerator();
    if (ca) {
      extensions.addExtension(Extension.basicConstraints, false, new BasicConstraints(true));
    }
    if (!usages.isEmpty()) {
      int bits = 0;
      for (io.hsmrest.client.model.KeyUsage usage : usages) {
        bits |= usage.ordinal() == 8 ? 1 << 15 : 0x80 >> usage.ordinal();
      }
      extensions.addExtension(Extension.keyUsage, true, new KeyUsage(bits));
    }
    if (!extended.isEmpty()) {
      KeyPurposeId[] purposes =
          extended.stream().map(MakingHsm::purpose).toArray(KeyPurposeId[]::new);
      extensions.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(purposes));
    }
    if (!names.isEmpty()) {
      GeneralName[] general =
          names.stream()
              .map(name -> new GeneralName(tag(name.type()), name.value()))
              .toArray(GeneralName[]::new);
      extensions.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(general));
    }
    return extensions;
  }

  private static int tag(SubjectAlternativeName.Type type) {
    return switch (type) {
      case DNS -> GeneralName.dNSName;
      case IP -> GeneralName.iPAddress;
      case URI -> GeneralName.uniformResourceIdentifier;
      case EMAIL -> GeneralName.rfc822Name;
      case OTHERNAME -> throw new AssertionError("not made by this fake");
    };
  }

  private static KeyPurposeId purpose(io.hsmrest.client.model.ExtendedKeyUsage usage) {
    return switch (usage) {
      case ANY_EXTENDED_KEY_USAGE -> KeyPurposeId.anyExtendedKeyUsage;
      case SERVER_AUTH -> KeyPurposeId.id_kp_serverAuth;
      case CLIENT_AUTH -> KeyPurposeId.id_kp_clientAuth;
      case CODE_SIGNING -> KeyPurposeId.id_kp_codeSigning;
      case EMAIL_PROTECTION -> KeyPurposeId.id_kp_emailProtection;
      case TIME_STAMPING -> KeyPurposeId.id_kp_timeStamping;
      case OCSP_SIGNING -> KeyPurposeId.id_kp_OCSPSigning;
    };
  }
}
