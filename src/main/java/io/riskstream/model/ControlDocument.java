package io.riskstream.model;

/**
 * A document of the control topic: what a person or a part of the pipeline asks the running job to
 * do. Its identity is kind, id and version.
 */
public sealed interface ControlDocument
    permits HotRebuild, RulesetDocument, RuleDisabled, Suppression, Dimension {
  /** Name of the kind of document, as in the field {@code kind}. */
  String kind();

  String id();

  int version();
}
