/** The page's language: which one, and sentences, numbers and times in it. */
import { devicePlace } from '../parley';
import { en, type Message, type MessageKey } from './messages/en';

/** Adding a language: a file beside `en.ts`, and a line here. */
const LOADERS: Record<string, () => Promise<Record<MessageKey, Message>>> = {
  en: () => Promise.resolve(en),
  de: () => import('./messages/de').then((file) => file.de),
  ar: () => import('./messages/ar').then((file) => file.ar),
};
const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur']);

export const PAGE_LANGUAGES = Object.keys(LOADERS);

class Words {
  language = $state('en');
  /** The language as this browser's person has it: with their region, so with their way of times. */
  readonly #locale = $derived(
    navigator.languages.find((tag) => tag.startsWith(this.language)) ?? this.language,
  );
  #messages = $state.raw<Record<MessageKey, Message>>(en);
  readonly #place = devicePlace<string>('language');

  /** The one chosen before, else the first of the browser's that is here. */
  async begin(): Promise<void> {
    const wished = [this.#place.read(), ...navigator.languages].map((tag) => tag?.slice(0, 2));
    await this.#load(wished.find((tag) => tag !== undefined && tag in LOADERS) ?? 'en');
  }

  async choose(language: string): Promise<void> {
    this.#place.write(language);
    await this.#load(language);
  }

  say(key: MessageKey, values: Record<string, string | number> = {}): string {
    const message = this.#messages[key];
    const text =
      typeof message === 'string'
        ? message
        : (message[new Intl.PluralRules(this.language).select(Number(values['n']))] ??
          message.other ??
          '');
    return text.replace(/\{(\w+)\}/g, (_, name: string) =>
      typeof values[name] === 'number' ? this.number(values[name]) : String(values[name] ?? ''),
    );
  }

  number(value: number): string {
    return new Intl.NumberFormat(this.language).format(value);
  }

  /** A wait in words, no more exact than it is. */
  wait(ms: number): string {
    const seconds = Math.max(1, Math.round(ms / 1_000));
    if (seconds < 60)
      return this.#unit(seconds < 10 ? seconds : Math.round(seconds / 5) * 5, 'second');
    if (seconds < 3_600) return this.#unit(Math.round(seconds / 60), 'minute');
    return this.#unit(Math.round(seconds / 3_600), 'hour');
  }

  time(at: number): string {
    return new Intl.DateTimeFormat(this.#locale, { hour: '2-digit', minute: '2-digit' }).format(at);
  }

  date(at: number): string {
    return new Intl.DateTimeFormat(this.#locale, { dateStyle: 'long' }).format(at);
  }

  list(items: readonly string[]): string {
    return new Intl.ListFormat(this.language).format(items);
  }

  languageName(tag: string, of = this.language): string {
    return new Intl.DisplayNames(of, { type: 'language' }).of(tag) ?? tag;
  }

  #unit(value: number, unit: string): string {
    const how = { style: 'unit', unit, unitDisplay: 'long' } as const;
    return new Intl.NumberFormat(this.language, how).format(value);
  }

  async #load(language: string): Promise<void> {
    this.#messages = await LOADERS[language]!();
    this.language = language;
    document.documentElement.lang = language;
    document.documentElement.dir = RIGHT_TO_LEFT.has(language) ? 'rtl' : 'ltr';
  }
}

export const words = new Words();
export const say = words.say.bind(words);
