/// A server that does what a test tells it to.
package parley.client.fake;
