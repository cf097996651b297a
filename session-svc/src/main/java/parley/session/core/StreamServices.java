package parley.session.core;

import parley.relay.Relay;

/// What all streams of a node share.
record StreamServices(
    Relay relay,
    TextSender sender,
    TypingSender typing,
    ReceiptSender receipts,
    ConversationPorts ports,
    MemberErrands errands,
    SessionLimits limits,
    PresenceTimes presence,
    NodeSources sources) {}
