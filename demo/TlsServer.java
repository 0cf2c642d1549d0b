import java.io.FileInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A TLS server as in any book on JSSE: only the type and the file of its key store are new. */
public class TlsServer {
  public static void main(String[] args) throws Exception {
    KeyStore keyStore = KeyStore.getInstance(System.getProperty("server.keyStoreType"));
    try (InputStream file = new FileInputStream(System.getProperty("server.keyStore"))) {
      keyStore.load(file, null);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(keyStore, null);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    try (SSLServerSocket server =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      System.out.println("listening on port " + server.getLocalPort());
      while (true) {
        try (SSLSocket client = (SSLSocket) server.accept()) {
          client.startHandshake();
          client
              .getOutputStream()
              .write("hello from the HSM's key\n".getBytes(StandardCharsets.US_ASCII));
        } catch (SSLException e) {
          System.err.println("handshake failed: " + e.getMessage());
        }
      }
    }
  }
}
