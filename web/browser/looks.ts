/** How a page is looked at: light, dark, on a phone; pictures for people, axe for the rest. */
import { devices, type Browser, type BrowserContextOptions } from 'playwright-core';
import { expect } from 'vitest';
import { Person } from './person';

const DESKTOP = { viewport: { width: 1024, height: 768 }, reducedMotion: 'reduce' } as const;
const PIXEL = { ...devices['Pixel 7'], reducedMotion: 'reduce' } as const;
export const LOOKS: [string, BrowserContextOptions][] = [
  ['light', DESKTOP],
  ['dark', { ...DESKTOP, colorScheme: 'dark' }],
  ['phone', PIXEL],
  ['phone-dark-german', { ...PIXEL, colorScheme: 'dark', locale: 'de-DE' }],
];

/** One person who is looked at, and the words of the page in their language. */
export class Looked {
  readonly person: Person;
  readonly #look: string;
  readonly #german: boolean;

  private constructor(person: Person, look: string) {
    this.person = person;
    this.#look = look;
    this.#german = look.endsWith('german');
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

  async press(english: string, german: string): Promise<void> {
    const name = this.words(english, german);
    await this.person.page.getByRole('button', { name, exact: true }).last().click();
  }

  async speaks(language: string): Promise<void> {
    const others = this.person.page.locator('#language');
    if (this.#german) await others.selectOption(language);
  }

  async write(line: string): Promise<void> {
    await this.composer.fill(line);
    await this.person.page.keyboard.press('Enter');
  }

  get composer() {
    return this.person.page.getByLabel(this.words('Write a message', 'Nachricht schreiben'));
  }

  words(english: string, german: string): string {
    return this.#german ? german : english;
  }
}
