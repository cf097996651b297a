package parley.session.core;

import parley.relay.Receipt;

/// Whether a member tells what it has read. Who does not tell is not told: what was delivered is
/// all that it sees of others, and all that they see of it.
public enum ReadReceipts {
  SHOWN,
  HIDDEN;

  Receipt visible(Receipt receipt) {
    return switch (this) {
      case SHOWN -> receipt;
      case HIDDEN -> new Receipt(receipt.delivered(), 0);
    };
  }
}
