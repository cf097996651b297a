/** How a page is looked at: light, dark, on a phone; pictures for people, axe for the rest. */
import { devices, type Browser, type BrowserContextOptions, type Locator } from 'playwright-core';
import { expect } from 'vitest';
import { ar } from '../src/page/messages/ar';
import { de } from '../src/page/messages/de';
import { en, type Message, type MessageKey } from '../src/page/messages/en';
import { Person } from './person';

const DESKTOP = { viewport: { width: 1024, height: 768 }, reducedMotion: 'reduce' } as const;
// Twice the pixels, not 2.625 times: pictures of long screens take half as long.
const PIXEL = { ...devices['Pixel 7'], deviceScaleFactor: 2, reducedMotion: 'reduce' } as const;
/** The least width that pages are asked to bear (WCAG 2.2, 1.4.10), with the longest words. */
const NARROW = { ...PIXEL, viewport: { width: 320, height: 640 } } as const;
export const LOOKS: [string, BrowserContextOptions][] = [
  ['light', DESKTOP],
  ['dark', { ...DESKTOP, colorScheme: 'dark' }],
  ['phone', PIXEL],
  ['narrow-dark-german', { ...NARROW, colorScheme: 'dark', locale: 'de-DE' }],
  ['phone-arabic', { ...PIXEL, locale: 'ar' }],
];
const LANGUAGES: Record<string, Record<MessageKey, Message>> = { german: de, arabic: ar };

/** One person who is looked at, and the words of the page in their language. */
export class Looked {
  readonly person: Person;
  readonly #look: string;
  readonly #messages: Record<MessageKey, Message>;

  private constructor(person: Person, look: string) {
    this.person = person;
    this.#look = look;
    this.#messages = LANGUAGES[look.split('-').at(-1)!] ?? en;
  }

  static async arrive(
    browser: Browser,
    door: string,
    look: string,
    how: BrowserContextOptions,
  ): Promise<Looked> {
    return new Looked(await Person.arrive(browser, door, how), look);
  }

  /** Accessible, no wider than the screen, and kept as a picture. */
  async show(screen: string, person = this.person): Promise<void> {
    await person.isAccessible(`${this.#look} ${screen}`);
    const wider = await person.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wider, `pixels of ${screen} that stand out of the screen`).toBeLessThanOrEqual(0);
    await person.picture(`${screen}-${this.#look}`);
  }

  async press(key: MessageKey): Promise<void> {
    const name = this.words(key);
    await this.person.page.getByRole('button', { name, exact: true }).last().click();
  }

  async sees(key: MessageKey): Promise<void> {
    await this.person.sees(this.words(key));
  }

  /** Whoever comes speaks this language. */
  async speaks(language: string): Promise<void> {
    if (this.#messages !== en) await this.person.page.locator('#language').selectOption(language);
  }

  async write(line: string): Promise<void> {
    await this.composer.fill(line);
    await this.person.page.keyboard.press('Enter');
  }

  get composer(): Locator {
    return this.person.page.getByLabel(this.words('talk.write'));
  }

  /** A sentence of the page, up to what is filled in. */
  words(key: MessageKey): string {
    const message = this.#messages[key];
    return (typeof message === 'string' ? message : message.other!).split('{')[0]!.trim();
  }
}
