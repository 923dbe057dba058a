package io.riskstream.sink.hotstore.redis;

import io.riskstream.model.HotUpdate;
import java.util.List;

/**
 * What became of a batch.
 *
 * @param written let in by the store, and all that follows from them
 * @param refused kept out because the store holds a newer version
 * @param rejections for each update that its key cannot hold, the key, why and what to do
 * @param unwritten to be tried again
 * @param trouble why some are unwritten or the store is out of reach; null if all went well
 * @param storeIdOrNull which store it is, and which life of its server; null where no beat was
 *     sent, or it was in vain
 */
public record Result(
    List<HotUpdate> written,
    int refused,
    List<String> rejections,
    List<HotUpdate> unwritten,
    Trouble trouble,
    String storeIdOrNull) {

  /** Nothing reached the store, or nobody knows whether it did. */
  public static Result failed(List<HotUpdate> batch, Trouble trouble) {
    return new Result(List.of(), 0, List.of(), batch, trouble, null);
  }
}
