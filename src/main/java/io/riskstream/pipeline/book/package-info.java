/** What the user operator judges by: the rules, the documents, and the terms of its state. */
package io.riskstream.pipeline.book;
