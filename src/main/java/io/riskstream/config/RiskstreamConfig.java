package io.riskstream.config;

/** The whole typed and validated configuration, one record a feature. */
public record RiskstreamConfig(
    KafkaConfig kafka,
    SchemaRegistryConfig schemaRegistry,
    SourceConfig source,
    TimeConfig time,
    ActivityConfig activity,
    RulesConfig rules,
    ProfilesConfig profiles,
    QualityConfig quality,
    LakeConfig lake,
    HotStoreConfig hotStore,
    JobConfig job,
    RunConfig run) {}
