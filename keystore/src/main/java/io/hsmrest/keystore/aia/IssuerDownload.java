package io.hsmrest.keystore.aia;

import io.hsmrest.client.HsmLogger;
import io.hsmrest.client.rest.OwnCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.security.Provider;
import java.security.Security;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches the issuer of a certificate from the address inside it. Per download: http and https
 * only, 10 seconds with everything, 64 KiB, 3 redirects, 5 certificates, no private or loopback
 * addresses. Answers are kept, those that were no use as well. What comes back is a claim: whoever
 * uses it checks signatures. Thread-safe.
 */
public final class IssuerDownload {
  private static final System.Logger LOG = HsmLogger.of("io.hsmrest.keystore");

  private static final int MOST_REDIRECTS = 3;
  private static final int MOST_BYTES = 64 << 10;
  private static final int MOST_CERTIFICATES = 5;
  private static final int MOST_LOCATIONS = 3;
  private static final int MOST_KEPT = 1_000;
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final Duration KEPT = Duration.ofHours(24);
  private static final Duration FAILURE_KEPT = Duration.ofMinutes(10);

  private final HttpGet http;
  private final Duration longest;
  private final Clock clock;
  private final Map<URI, CompletableFuture<Answer>> kept = new ConcurrentHashMap<>();

  /** What an address gave, and until when it is not asked again. */
  private record Answer(List<X509Certificate> certificates, Instant until) {}

  /** Downloads from public addresses. */
  public IssuerDownload(Clock clock) {
    this(
        new Hosts(InetAddress::getAllByName, AddressRule::isPublic),
        new CacertsTls(),
        LONGEST,
        clock);
  }

  IssuerDownload(Hosts hosts, HttpGet.Tls tls, Duration longest, Clock clock) {
    this.http = new HttpGet(hosts, tls, MOST_BYTES);
    this.longest = longest;
    this.clock = clock;
  }

  /**
   * Certificates that {@code child}'s addresses gave; empty where it names none, or none was of
   * use. Blocks for 10 seconds at most per address.
   */
  public List<X509Certificate> issuersOf(X509Certificate child) {
    return AccessLocations.of(child).stream()
        .limit(MOST_LOCATIONS)
        .map(this::certificatesAt)
        .filter(certificates -> !certificates.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private List<X509Certificate> certificatesAt(URI location) {
    Instant now = clock.instant();
    if (kept.size() > MOST_KEPT) {
      kept.clear();
    }
    CompletableFuture<Answer> own = new CompletableFuture<>();
    CompletableFuture<Answer> answer =
        kept.compute(location, (key, known) -> known != null && isKept(known, now) ? known : own);
    if (answer == own) {
      own.complete(fetch(location, now));
    }
    // Whoever asks for the same address meanwhile waits for this answer.
    return answer.join().certificates();
  }

  private static boolean isKept(CompletableFuture<Answer> known, Instant now) {
    return !known.isDone() || now.isBefore(known.join().until());
  }

  private Answer fetch(URI location, Instant now) {
    try {
      List<X509Certificate> certificates = inTime(location);
      LOG.log(System.Logger.Level.INFO, "{0} certificates from {1}", certificates.size(), location);
      return new Answer(certificates, now.plus(KEPT));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer(List.of(), now);
    } catch (IOException | RuntimeException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the issuer''s certificate could not be had from {0}: {1}",
          location,
          e.getMessage());
      return new Answer(List.of(), now.plus(FAILURE_KEPT));
    }
  }

  /** On a thread of its own: neither looking names up nor a TLS handshake knows a deadline. */
  private List<X509Certificate> inTime(URI location) throws IOException, InterruptedException {
    Deadline deadline = new Deadline(longest);
    FutureTask<List<X509Certificate>> task =
        new FutureTask<>(
            () ->
                OwnCalls.mark(
                    () -> parse(follow(location, deadline, MOST_REDIRECTS).body().toByteArray())));
    Thread thread = new Thread(null, task, "hsmrest-aia", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(IssuerDownload.class.getClassLoader());
    thread.start();
    try {
      return task.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new DownloadException("it took longer than " + longest.toMillis() + " ms");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure
          ? failure
          : new DownloadException(String.valueOf(e.getCause()));
    } finally {
      deadline.end();
    }
  }

  private HttpAnswer follow(URI location, Deadline deadline, int redirects) throws IOException {
    HttpAnswer answer = http.get(location, deadline);
    switch (answer.status()) {
      case 200:
        return answer;
      case 301, 302, 303, 307, 308:
        if (answer.location() == null) {
          throw new DownloadException("a redirect to nowhere");
        }
        if (redirects == 0) {
          throw new DownloadException("more than " + MOST_REDIRECTS + " redirects");
        }
        return follow(location.resolve(answer.location()), deadline, redirects - 1);
      default:
        throw new DownloadException("HTTP " + answer.status());
    }
  }

  /** A certificate in DER or PEM, or PKCS#7 with some (RFC 5280 4.2.2.1). */
  private static List<X509Certificate> parse(byte[] body) throws IOException {
    Provider sun = Security.getProvider("SUN");
    if (sun == null) {
      throw new DownloadException("this Java has no security provider SUN");
    }
    try {
      List<X509Certificate> certificates = new ArrayList<>();
      CertificateFactory.getInstance("X.509", sun)
          .generateCertificates(new ByteArrayInputStream(body))
          .forEach(certificate -> certificates.add((X509Certificate) certificate));
      if (certificates.isEmpty()) {
        throw new DownloadException("no certificate in the answer");
      }
      if (certificates.size() > MOST_CERTIFICATES) {
        throw new DownloadException("more than " + MOST_CERTIFICATES + " certificates");
      }
      return List.copyOf(certificates);
    } catch (CertificateException e) {
      throw new DownloadException("no certificate in the answer: " + e.getMessage());
    }
  }
}
