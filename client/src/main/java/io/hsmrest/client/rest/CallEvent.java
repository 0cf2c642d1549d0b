package io.hsmrest.client.rest;

import java.net.URI;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** One HTTP request to the service, in Java Flight Recorder; nothing of headers or bodies. */
@Name("io.hsmrest.Call")
@Label("HSM call")
@Category({"HSM"})
@Description("One HTTP request to the HSM service")
@StackTrace(false)
final class CallEvent extends Event {
  @Label("Endpoint")
  @Nullable String endpoint;

  @Label("Method")
  @Nullable String method;

  @Label("Path")
  @Nullable String path;

  @Label("Status")
  @Description("HTTP status, 0 when no answer came")
  int status;

  static CallEvent begun() {
    CallEvent event = new CallEvent();
    event.begin();
    return event;
  }

  void commit(Call call, URI service, int httpStatus) {
    end();
    if (!shouldCommit()) {
      return;
    }
    endpoint = service.toString();
    method = call.method();
    path = call.path();
    status = httpStatus;
    commit();
  }
}
