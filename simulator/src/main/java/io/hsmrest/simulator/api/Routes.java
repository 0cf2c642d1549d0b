package io.hsmrest.simulator.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The endpoints by method and path. A path may end in, or contain, one variable part. */
final class Routes {
  private final Map<String, Map<String, Route>> exact = new HashMap<>();
  private final List<Pattern> patterns = new ArrayList<>();

  /**
   * An endpoint.
   *
   * @param slow whether it may take long, and must not keep other connections waiting
   */
  record Route(Endpoint endpoint, boolean slow) {}

  /** A route that a request has led to, with the variable part of its path. */
  record Match(Route route, String variable) {}

  private record Pattern(String before, String after, Map<String, Route> routes) {}

  void add(String method, String path, Endpoint endpoint) {
    put(method, path, new Route(endpoint, false));
  }

  void addSlow(String method, String path, Endpoint endpoint) {
    put(method, path, new Route(endpoint, true));
  }

  private void put(String method, String path, Route route) {
    int start = path.indexOf('{');
    if (start < 0) {
      exact.computeIfAbsent(path, key -> new HashMap<>()).put(method, route);
      return;
    }
    String before = path.substring(0, start);
    String after = path.substring(path.indexOf('}') + 1);
    for (Pattern pattern : patterns) {
      if (pattern.before().equals(before) && pattern.after().equals(after)) {
        pattern.routes().put(method, route);
        return;
      }
    }
    Map<String, Route> routes = new HashMap<>();
    routes.put(method, route);
    patterns.add(new Pattern(before, after, routes));
  }

  /** The route of a request, or null. */
  @Nullable Match find(String method, String path) {
    Map<String, Route> routes = exact.get(path);
    Route route = routes == null ? null : routes.get(method);
    if (route != null) {
      return new Match(route, "");
    }
    for (Pattern pattern : patterns) {
      String variable = variable(pattern, path);
      Route matched = variable == null ? null : pattern.routes().get(method);
      if (variable != null && matched != null) {
        return new Match(matched, variable);
      }
    }
    return null;
  }

  /** The methods that a path has; empty if the path is unknown. */
  Set<String> methods(String path) {
    Set<String> methods = new TreeSet<>();
    Map<String, Route> routes = exact.get(path);
    if (routes != null) {
      methods.addAll(routes.keySet());
    }
    for (Pattern pattern : patterns) {
      if (variable(pattern, path) != null) {
        methods.addAll(pattern.routes().keySet());
      }
    }
    return methods;
  }

  private static @Nullable String variable(Pattern pattern, String path) {
    if (!path.startsWith(pattern.before())
        || !path.endsWith(pattern.after())
        || path.length() <= pattern.before().length() + pattern.after().length()) {
      return null;
    }
    String variable =
        path.substring(pattern.before().length(), path.length() - pattern.after().length());
    if (variable.indexOf('/') >= 0) {
      return null;
    }
    try {
      return URLDecoder.decode(variable.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
