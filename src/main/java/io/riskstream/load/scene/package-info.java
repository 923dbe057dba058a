/** Short stories of single users, each written so that a rule of default-1 is sure to trip. */
package io.riskstream.load.scene;
