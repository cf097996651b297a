/**
 * Parley from a browser: become a guest, look for somebody, talk. No framework; stands on Connect's
 * gRPC-Web transport and on what is generated from the protos. README.md has an example.
 */
export { isNotServed } from './advice.js';
export { Conversation, type ConversationListener } from './conversation.js';
export {
  losesWords,
  stateOfMatch,
  type ConversationEnding,
  type ConversationEvent,
  type ConversationState,
  type NotSentReason,
  type WhatNext,
} from './conversation-events.js';
export {
  Companion,
  companionOf,
  type CompanionEvent,
  type CompanionState,
  type Offer,
  type WhyWithdrawn,
} from './companion.js';
export { currentOf, estimateWait, type Current } from './current.js';
export { deviceKey, type DeviceKey } from './device.js';
export { CallRefused, DEFAULT_TIMES, openDoor, type ClientTimes, type Door } from './door.js';
export {
  GuestDenied,
  Identity,
  type DeclaredGender,
  type GuestDenial,
  type GuestWish,
} from './identity.js';
export type { LogPosition } from './log-order.js';
export { PeerSearch } from './match.js';
export { MemberCalls, type HistoryPage, type MemberOutcome } from './members.js';
export type { OwnText } from './outbox.js';
export type { Match, SearchEnding, SearchEvent, SearchListener } from './search-events.js';
export { devicePlace, memoryPlace, tabPlace, type KeptGuest, type Place } from './storage.js';
export { Tabs, type TabListener } from './tabs.js';
