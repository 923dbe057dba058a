/** Real servers for one computer, each of which ends with this JVM however that ends. */
package io.riskstream.server;
