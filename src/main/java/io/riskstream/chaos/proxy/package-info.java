/** A network that can be cut: TCP proxies on the loopback interface. */
package io.riskstream.chaos.proxy;
