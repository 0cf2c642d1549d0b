package io.hsmrest.simulator.state;

/**
 * One partition of the HSM.
 *
 * @param name name in the configuration and in tokens
 */
public record Partition(
    String name,
    Keys keys,
    Requests requests,
    Named<StoredApprover> approvers,
    Named<StoredDataObject> dataObjects) {

  /** Opens a partition of the store. */
  public static Partition open(Store store, String name, int keptFinishedRequests) {
    return new Partition(
        name,
        new Keys(store, name),
        new Requests(store, name, keptFinishedRequests),
        new Named<>(store, name + "/approvers", StoredApprover.class, StoredApprover::name),
        new Named<>(store, name + "/data", StoredDataObject.class, StoredDataObject::name));
  }

  /** Removes everything. */
  public void clear() {
    keys.clear();
    requests.clear();
    approvers.clear();
    dataObjects.clear();
  }

  /** Stores what is stored lazily. */
  public void flush() {
    keys.flush();
  }
}
