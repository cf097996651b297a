/// How an AI peer behaves, whatever talks in it: rules outside the model, before it and after it.
///
/// [Conduct] is the door: it judges what a person says before a model sees it ([Judgement]),
/// reviews what somebody wants to say before the person sees it ([Reviewed]), and has the lines
/// that are said word for word ([FixedLine]). What it matches and what it says stand in text files,
/// one folder for each language (`parley/bot/conduct/<language>/rules.txt`, `lines.txt`) and one
/// list of help lines (`helplines.txt`); the head of the English files tells their form. [Budget]
/// counts turns and tokens.
@NullMarked
package parley.bot.core.conduct;

import org.jspecify.annotations.NullMarked;
