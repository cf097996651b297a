/// The Java client of Parley: becoming a guest, finding a peer, talking. Native gRPC or gRPC-Web,
/// the same above the channel.
///
/// ```java
/// try (Parley parley = Parley.connect(ServerAddress.parse("127.0.0.1:8080"), Face.NATIVE)) {
///   Identity me = parley.newGuest(wish);
///   PeerSearch search = parley.search(me, criteria, event -> ...);
///   Conversation talk = parley.enter(me, match, event -> ...);
///   talk.send("hello");
/// }
/// ```
@NullMarked
package parley.client;

import org.jspecify.annotations.NullMarked;
