package io.riskstream.pipeline.book;

import io.riskstream.model.GatedDocument;
import io.riskstream.model.HotRebuild;
import io.riskstream.rules.RuleCompiler;
import io.riskstream.rules.Rulebook;
import io.riskstream.rules.RulesetException;
import io.riskstream.source.control.DocumentHistory;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.FunctionInitializationContext;

/**
 * The rulebook of one task: every accepted document is in it before the first event that it could
 * judge, or the job fails.
 *
 * <p>State, never cleared: the documents that the task knows, by offset, each once (there are as
 * many as people and breakers publish); the {@link StateTerms}; and the greatest time that has been
 * judged, of all tasks.
 */
public final class TaskRulebook {
  private static final ListStateDescriptor<byte[]> TERMS =
      new ListStateDescriptor<>(
          "state-terms", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
  private static final ListStateDescriptor<Long> JUDGED =
      new ListStateDescriptor<>("judged-until", Types.LONG);

  private final StateTerms terms;
  private final boolean checkCuts;
  private final BroadcastState<Long, GatedDocument> documents;
  private final ListState<byte[]> termsState;
  private final ListState<Long> judgedState;
  private Rulebook rulebook;
  private long judgedMillis = Long.MIN_VALUE;

  /**
   * Restores the state, if there is any.
   *
   * @param checkCuts false where all documents come before all events, as in a batch
   * @throws SuppressRestartsException if the state was made under other terms
   */
  public TaskRulebook(
      FunctionInitializationContext context,
      StateTerms terms,
      TypeInformation<GatedDocument> documentType,
      boolean checkCuts)
      throws Exception {
    this.terms = terms;
    this.checkCuts = checkCuts;
    var store = context.getOperatorStateStore();
    documents =
        store.getBroadcastState(new MapStateDescriptor<>("documents", Types.LONG, documentType));
    termsState = store.getUnionListState(TERMS);
    judgedState = store.getUnionListState(JUDGED);
    for (var former : termsState.get()) {
      try {
        terms.checkThatSucceeds(StateTerms.decode(former));
      } catch (IllegalStateException refused) {
        throw new SuppressRestartsException(refused);
      }
    }
    for (var judged : judgedState.get()) {
      judgedMillis = Math.max(judgedMillis, judged);
    }
  }

  /**
   * Makes the rulebook of all documents that the state and the topic hold.
   *
   * @throws SuppressRestartsException if the topic holds one that should have judged what the state
   *     has judged without it: no restart from that state would heal it
   */
  public Rulebook open(DocumentHistory history) throws Exception {
    try {
      rulebook =
          new Rulebook(
              terms.initial(), new RuleCompiler(terms.activity().live(), terms.activity().types()));
    } catch (RulesetException refused) {
      throw new SuppressRestartsException(refused);
    }
    for (var known : documents.immutableEntries()) {
      rulebook.add(known.getValue());
    }
    for (var document : history.read()) {
      try {
        add(document);
      } catch (IllegalStateException late) {
        throw new SuppressRestartsException(late);
      }
    }
    return rulebook;
  }

  /**
   * Takes a document from the gate.
   *
   * @throws IllegalStateException if it should have judged what has been judged without it; a
   *     restart from a checkpoint before that heals it, as the document is then known from the
   *     start
   */
  public void add(GatedDocument document) throws Exception {
    if (document.document() instanceof HotRebuild || documents.contains(document.offset())) {
      return;
    }
    if (checkCuts && document.cutMillis() <= judgedMillis) {
      throw new IllegalStateException(
          "%s %s version %d at offset %d of the control topic is in force from %s on, but was read after an event of %s had been judged without it, so more than rules.guard late; the job goes on only from a checkpoint or savepoint before that, or without its state"
              .formatted(
                  document.document().kind(),
                  document.document().id(),
                  document.document().version(),
                  document.offset(),
                  Instant.ofEpochMilli(document.cutMillis()),
                  Instant.ofEpochMilli(judgedMillis)));
    }
    rulebook.add(document);
    documents.put(document.offset(), document);
  }

  /** Takes note that an event of that time has been judged. */
  public void judged(long timeMillis) {
    judgedMillis = Math.max(judgedMillis, timeMillis);
  }

  public void snapshot() throws Exception {
    termsState.update(List.of(terms.encode()));
    judgedState.update(List.of(judgedMillis));
  }
}
