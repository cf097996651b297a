/// Small games of words that need no model; ten minutes, in this order:
///
/// 1. [Game] is one game that is being played: it opens, and answers each [Turn] until it is over.
/// 2. [GameShelf] holds what games are made of, from text files: questions, riddles, things, words.
/// 3. [Play] is one session's playing: it offers a game when a talk stalls, hears what is asked
///    for, and lets a person leave at any time.
///
/// Chance comes from outside: the same chance and the same words give the same game.
@NullMarked
package parley.bot.core.game;

import org.jspecify.annotations.NullMarked;
