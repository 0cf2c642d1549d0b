import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;

/** The JDK's HTTPS server with the keys of the JVM: an example of a program that is left alone. */
public class Server {
  public static void main(String[] args) throws Exception {
    var server = HttpsServer.create(new InetSocketAddress(Integer.getInteger("port", 8443)), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(SSLContext.getDefault()));
    server.createContext(
        "/",
        exchange -> {
          byte[] hello = "hello\n".getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(200, hello.length);
          exchange.getResponseBody().write(hello);
          exchange.close();
        });
    server.start();
    System.out.println("listening on " + server.getAddress());
  }
}
