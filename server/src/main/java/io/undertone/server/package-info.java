@org.jspecify.annotations.NullMarked
package io.undertone.server;
