package parley.bot.core.bank;

import java.util.Set;

/// What an exchange is about: one lower-case word of the bank's own, such as `music`.
public record Topic(String name) {
  /// Of exchanges that are about nothing in particular.
  public static final Topic ANY = new Topic("any");

  /// Of lines that carry on after a question that nobody here can answer.
  static final Topic ASKED = new Topic("asked");

  /// Of the same after a choice between two things.
  static final Topic ASKED_WHICH = new Topic("asked-which");

  /// Of the same after a question for advice.
  static final Topic ASKED_ADVICE = new Topic("asked-advice");

  /// Of the same after a question what the AI would do.
  static final Topic ASKED_WOULD = new Topic("asked-would");

  /// Of the same after a choice of taste, of which the last thing can be named.
  static final Topic ASKED_CHOICE = new Topic("asked-choice");

  /// Of the same after a question how much, how long or when.
  static final Topic ASKED_AMOUNT = new Topic("asked-amount");

  /// Of the same after a question why.
  static final Topic ASKED_WHY = new Topic("asked-why");

  /// Of the same after a question whether.
  static final Topic ASKED_WHETHER = new Topic("asked-whether");

  /// Of exchanges whose patterns are only looked for in questions.
  static final Topic ASKING = new Topic("asking");

  /// Of lines that follow on a short "yes".
  static final Topic ANSWERED_YES = new Topic("answered-yes");

  /// Of lines that follow on a short "no".
  static final Topic ANSWERED_NO = new Topic("answered-no");

  /// Of the same after a wish.
  static final Topic ASKED_FAVOR = new Topic("asked-favor");

  /// Of the same after a question about the AI.
  static final Topic ASKED_SELF = new Topic("asked-self");

  /// Of lines that say what to do where something is dangerous, found by its patterns before
  /// anything else.
  static final Topic DANGER = new Topic("danger");

  /// Of lines that say that they do not know what was asked, and name it.
  static final Topic ASKED_ABOUT = new Topic("asked-about");

  /// Of the same where only a thing in the question can be named.
  static final Topic ASKED_THING = new Topic("asked-thing");

  /// Of lines that take up a word or two.
  static final Topic BRIEF = new Topic("brief");

  /// Of lines that say back what was told, whatever it is.
  static final Topic MIRRORED = new Topic("mirrored");

  /// Of the same where it is what the person did.
  static final Topic MIRRORED_DID = new Topic("mirrored-did");

  /// Of the same where it is about the person.
  static final Topic MIRRORED_SELF = new Topic("mirrored-self");

  /// Of the same where it is what somebody else did.
  static final Topic MIRRORED_OTHERS_DID = new Topic("mirrored-others-did");

  /// Of the same where it is about somebody else.
  static final Topic MIRRORED_OTHER = new Topic("mirrored-other");

  /// Of the same where it is what the person is going to do.
  static final Topic MIRRORED_PLAN = new Topic("mirrored-plan");

  /// Of the same where it is only a few words.
  static final Topic MIRRORED_PART = new Topic("mirrored-part");

  /// Of lines that ask about a thing the person spoke of.
  static final Topic MENTIONED = new Topic("mentioned");

  /// Of lines that follow on what the person is going to do.
  static final Topic DECIDED = new Topic("decided");

  /// Of the first lines to whoever has just told that they feel bad.
  static final Topic SYMPATHY = new Topic("sympathy");

  /// Of lines for whoever feels bad, whatever it is.
  static final Topic GENTLE = new Topic("gentle");

  /// Of what follows on thanks, also of whoever feels bad.
  static final Topic THANKED = new Topic("thanked");

  /// Of goodbyes to whoever feels bad.
  static final Topic FAREWELL = new Topic("farewell");

  /// Of lines that carry on after something that was told and not understood.
  static final Topic TOLD = new Topic("told");

  /// Of remarks on words of what was told, which fit whatever is told with one of them.
  static final Topic REMARKED = new Topic("remarked");

  /// Of lines that follow on what was said of the AI.
  static final Topic TOLD_SELF = new Topic("told-self");

  /// Of what it says of itself when a question is handed back to it.
  static final Topic HANDED_BACK = new Topic("handed-back");

  /// Of lines that tell what two numbers make.
  static final Topic SUM = new Topic("sum");

  private static final Set<Topic> NO_SUBJECTS =
      Set.of(
          ANY,
          ASKED,
          DANGER,
          ASKED_ABOUT,
          ASKED_THING,
          BRIEF,
          MIRRORED,
          MIRRORED_DID,
          MIRRORED_OTHERS_DID,
          MIRRORED_SELF,
          MIRRORED_OTHER,
          MIRRORED_PLAN,
          MIRRORED_PART,
          ASKED_WHICH,
          ASKED_ADVICE,
          ASKED_FAVOR,
          ASKED_SELF,
          ASKED_WOULD,
          ASKED_CHOICE,
          ASKED_AMOUNT,
          ASKED_WHY,
          ASKED_WHETHER,
          ASKING,
          ANSWERED_YES,
          ANSWERED_NO,
          MENTIONED,
          SYMPATHY,
          GENTLE,
          FAREWELL,
          DECIDED,
          THANKED,
          TOLD,
          TOLD_SELF,
          REMARKED,
          HANDED_BACK,
          SUM);

  public Topic {
    if (!name.matches("[a-z]+(-[a-z]+)*")) {
      throw new IllegalArgumentException(
          "topic is '" + name + "', expected lower-case letters and hyphens");
    }
  }

  /// Something that a talk can be about.
  boolean isASubject() {
    return !NO_SUBJECTS.contains(this);
  }

  @Override
  public String toString() {
    return name;
  }
}
