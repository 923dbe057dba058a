/** Looking at folders of Flink's file systems while others write in them. */
package io.riskstream.files;
