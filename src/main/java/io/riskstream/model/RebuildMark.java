package io.riskstream.model;

import java.util.List;

/**
 * Begin or end of the snapshots by which one subtask of the user operator shows all its users
 * again; what it sent before the begin may be missing in the hot store, what it sent after may not.
 *
 * @param done whether it is the end
 * @param ids of the documents that asked for it
 * @param subtask of the user operator, out of {@code parallelism}
 * @param users shown between begin and end; 0 at the begin
 */
public record RebuildMark(boolean done, List<String> ids, int subtask, int parallelism, long users)
    implements HotUpdate {
  public RebuildMark {
    ids = List.copyOf(ids);
  }
}
