/** What is said beside the screens: to screen readers, in the tab's title, and by a quiet sound. */

const TOGETHER = 700;
const SAID_EACH = 2;
const NOTES = [523.25, 783.99];

/** One polite live region for the whole page; what comes at once is said at once. */
class Announcer {
  text = $state('');
  #waiting: string[] = [];
  #heard: string[] = [];
  #many: (count: number) => string = String;
  #timer: ReturnType<typeof setTimeout> | undefined;

  say(sentence: string): void {
    this.#waiting.push(sentence);
    this.#soon();
  }

  /** Words of the peer: more than two at once are only counted. */
  hear(sentence: string, many: (count: number) => string): void {
    this.#heard.push(sentence);
    this.#many = many;
    this.#soon();
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const heard = this.#heard.splice(0);
      const words = heard.length > SAID_EACH ? [this.#many(heard.length)] : heard;
      this.text = [...this.#waiting.splice(0), ...words].join(' ');
    }, TOGETHER);
  }
}

export const announcer = new Announcer();

/** Two soft notes; nothing where the browser does not let us. */
export function chime(): void {
  try {
    const audio = new AudioContext();
    NOTES.forEach((frequency, i) => {
      const [note, loudness] = [audio.createOscillator(), audio.createGain()];
      const from = audio.currentTime + i * 0.16;
      note.frequency.value = frequency;
      loudness.gain.setValueAtTime(0, from);
      loudness.gain.linearRampToValueAtTime(0.06, from + 0.02);
      loudness.gain.exponentialRampToValueAtTime(0.0001, from + 0.5);
      note.connect(loudness).connect(audio.destination);
      note.start(from);
      note.stop(from + 0.55);
    });
    setTimeout(() => void audio.close(), 1_500);
  } catch (silent) {
    console.info('no sound:', silent);
  }
}
