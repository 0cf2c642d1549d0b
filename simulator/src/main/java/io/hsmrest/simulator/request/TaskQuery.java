package io.hsmrest.simulator.request;

import io.hsmrest.simulator.json.Fields;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks an approver wants to see, and how much of them (contract 2.6.1).
 *
 * @param task only this one
 * @param request only those of this request, unless a task is named
 * @param detailLevel 1 to 6
 * @param pageSize 0 is everything
 */
public record TaskQuery(
    Authentication authentication,
    @Nullable String task,
    @Nullable String request,
    int detailLevel,
    int pageNumber,
    int pageSize,
    TaskOrder order) {

  /** Reads the body of a {@code filtered*ApprovalTask} call. */
  public static TaskQuery read(Fields in) {
    Authentication authentication = Authentication.read(in);
    String task = in.optionalText("id");
    String request = in.optionalText("requestId");
    int level = in.optionalChoice("detailLevel", TaskQuery::level).orElse(1);
    Fields paging = in.optionalObject("paging");
    if (paging == null) {
      return new TaskQuery(authentication, task, request, level, 0, 0, TaskOrder.CREATION_DATE_ASC);
    }
    int number = atLeast(0, paging, "pageNumber");
    int size = atLeast(1, paging, "pageSize");
    TaskOrder order =
        paging.choice("sortOrder", TaskOrder::byName).orElse(TaskOrder.CREATION_DATE_ASC);
    return new TaskQuery(authentication, task, request, level, number, size, order);
  }

  private static Optional<Integer> level(String name) {
    return name.matches("level[1-6]") ? Optional.of(name.charAt(5) - '0') : Optional.empty();
  }

  private static int atLeast(int least, Fields in, String name) {
    Integer value = in.optionalNumber(name);
    if (value == null) {
      in.violate(name, "must not be null");
      return least;
    }
    if (value < least) {
      in.violate(name, "must be greater than or equal to " + least);
    }
    return value;
  }
}
