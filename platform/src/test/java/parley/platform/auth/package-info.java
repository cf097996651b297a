@org.jspecify.annotations.NullMarked
package parley.platform.auth;
