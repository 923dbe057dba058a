/** What the demo shows of itself each second, and how it learns of it. */
package io.riskstream.demo.figures;
