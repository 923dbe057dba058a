/** Documents: read strictly and with places, written, judged by the one gate. Pure. */
package io.riskstream.rules.document;
