package io.hsmrest.provider;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The requests at a {@link SoftService}: all of them in one state, which a test chooses. */
final class SoftRequests {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, String> results = new LinkedHashMap<>();
  private final List<String> cancelled = new ArrayList<>();
  private String state = "PENDING";

  /** A request that will have this result; its id. */
  synchronized String create(String result) {
    String id = "request-" + results.size();
    results.put(id, result);
    notifyAll();
    return id;
  }

  /** From now on all are in this state. */
  synchronized void in(String newState) {
    state = newState;
  }

  synchronized int count() {
    return results.size();
  }

  /** Returns when so many have been created. */
  synchronized void await(int count) throws InterruptedException {
    while (results.size() < count) {
      wait();
    }
  }

  /** Returns when one has been cancelled; its id. */
  synchronized String awaitCancelled() throws InterruptedException {
    while (cancelled.isEmpty()) {
      wait();
    }
    return cancelled.get(0);
  }

  void one(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String id = path.substring(path.lastIndexOf('/') + 1);
    ObjectNode body = JSON.createObjectNode();
    synchronized (this) {
      if (exchange.getRequestMethod().equals("DELETE")) {
        cancelled.add(id);
        notifyAll();
      } else {
        body.put("id", id);
        body.put("status", cancelled.contains(id) ? "CANCELLED" : state);
        body.put("result", state.equals("EXECUTED") ? results.get(id) : null);
        List.of("approvedBy", "notYetApprovedBy", "rejectedBy").forEach(body::putArray);
      }
    }
    SoftService.reply(exchange, 200, body);
  }

  /** All of them, whatever states were asked for. */
  void list(HttpExchange exchange) throws IOException {
    ObjectNode body = JSON.createObjectNode();
    ArrayNode listed = body.putArray("requests");
    synchronized (this) {
      results.keySet().forEach(id -> listed.addObject().put("id", id).put("status", state));
    }
    SoftService.reply(exchange, 200, body);
  }
}
