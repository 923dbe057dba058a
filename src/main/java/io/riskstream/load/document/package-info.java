/** Documents for the running job that are published beside the events. */
package io.riskstream.load.document;
