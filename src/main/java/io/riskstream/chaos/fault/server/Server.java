package io.riskstream.chaos.fault.server;

import io.riskstream.chaos.fault.Parameters;
import io.riskstream.chaos.proxy.TcpProxy;
import io.riskstream.chaos.stage.Stage;
import io.riskstream.server.EmbeddedRegistry;
import java.io.IOException;

/** A server beside Flink, as faults deal with it. */
public enum Server {
  BROKER,
  REDIS,
  REGISTRY;

  String word() {
    return Parameters.word(this);
  }

  TcpProxy proxy(Stage stage) {
    return switch (this) {
      case BROKER -> stage.kafkaProxy();
      case REDIS -> stage.redisProxy();
      case REGISTRY -> stage.registryProxy().orElseThrow(Server::noRegistry);
    };
  }

  long pid(Stage stage) {
    return switch (this) {
      case BROKER -> stage.kafka().pid();
      case REDIS -> stage.redis().pid();
      case REGISTRY -> registry(stage).pid();
    };
  }

  void kill(Stage stage) {
    switch (this) {
      case BROKER -> stage.kafka().kill();
      case REDIS -> stage.redis().crash();
      case REGISTRY -> registry(stage).crash();
    }
  }

  void start(Stage stage) throws IOException {
    switch (this) {
      case BROKER -> stage.kafka().start();
      case REDIS -> stage.redis().startAgain();
      case REGISTRY -> registry(stage).startAgain();
    }
  }

  void pause(Stage stage) throws IOException {
    switch (this) {
      case BROKER -> stage.kafka().pause();
      case REDIS -> stage.redis().pause();
      case REGISTRY -> registry(stage).pause();
    }
  }

  void resume(Stage stage) throws IOException {
    switch (this) {
      case BROKER -> stage.kafka().resume();
      case REDIS -> stage.redis().resume();
      case REGISTRY -> registry(stage).resume();
    }
  }

  private static EmbeddedRegistry registry(Stage stage) {
    return stage.registry().orElseThrow(Server::noRegistry);
  }

  private static IllegalStateException noRegistry() {
    return new IllegalStateException("this stage has no schema registry; let the load be Avro");
  }
}
