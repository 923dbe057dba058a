package io.riskstream.pipeline.law;

import io.riskstream.model.ActivityRow;
import io.riskstream.model.Alert;
import io.riskstream.model.HotUpdate;
import io.riskstream.model.LedgerRow;
import io.riskstream.model.ProfileUpdate;
import io.riskstream.model.UserEvent;
import io.riskstream.model.WindowRow;
import io.riskstream.sink.OutgoingRecord;
import java.util.List;

/** All that the graph has written of one case; no list is in any order. */
record CaseOutcome(
    List<UserEvent> events,
    List<LedgerRow> ledger,
    List<Alert> alerts,
    List<ActivityRow> activity,
    List<WindowRow> windows,
    List<ProfileUpdate> profiles,
    List<HotUpdate> hotUpdates,
    List<OutgoingRecord> outgoing) {}
