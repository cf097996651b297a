/** Every screen in light, dark and on a phone: pictures for people, axe for the rest. */
import { devices, type Browser, type BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launch, Person } from './person';

const door = inject('door');
const DESKTOP = { viewport: { width: 1024, height: 768 }, reducedMotion: 'reduce' } as const;
const PIXEL = { ...devices['Pixel 7'], reducedMotion: 'reduce' } as const;
const LOOKS: [string, BrowserContextOptions][] = [
  ['light', DESKTOP],
  ['dark', { ...DESKTOP, colorScheme: 'dark' }],
  ['phone', PIXEL],
  ['phone-dark-german', { ...PIXEL, colorScheme: 'dark', locale: 'de-DE' }],
];
const LINES = [
  'Hello! What did you see last?',
  'Perfect Days, twice. You?',
  'Only the trailer: https://example.org',
  'Then we have something to do. The cinema by the river shows it on Sunday, and there is bread after.',
];

/** One person who is looked at, and the words of the page in their language. */
class Looked {
  readonly person: Person;
  readonly #look: string;
  readonly #german: boolean;

  private constructor(person: Person, look: string) {
    this.person = person;
    this.#look = look;
    this.#german = look.endsWith('german');
  }

  static async arrive(browser: Browser, look: string, how: BrowserContextOptions): Promise<Looked> {
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
    const name = this.#german ? german : english;
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
    return this.person.page.getByLabel(this.#german ? 'Nachricht schreiben' : 'Write a message');
  }
}

async function looksAtTheStart(looked: Looked, tag: string): Promise<void> {
  const { page } = looked.person;
  await looked.show('start');
  await looked.press('Find someone', 'Jemanden finden');
  await looked.show('start-incomplete');
  await looked.press('Read the terms', 'Bedingungen lesen');
  await looked.show('terms');
  await page.keyboard.press('Escape');
  await page.locator('#year').fill('1990');
  await page.locator('#terms').check();
  await page.locator('summary').click();
  for (const topic of [tag, 'films', 'bread']) {
    await page.locator('#tag').fill(topic);
    await page.keyboard.press('Enter');
  }
  // Whoever comes speaks English.
  await looked.speaks('en');
  await looked.show('wishes');
}

async function talks(looked: Looked, peer: Person): Promise<void> {
  const { person } = looked;
  for (const [i, line] of LINES.entries()) {
    if (i % 2 === 0) {
      await peer.write(line);
      await person.sees(line.slice(0, 12));
    } else {
      await looked.write(line);
      await peer.sees(line);
    }
  }
  await person.page.locator('.me .mark.read').nth(1).waitFor();
  await peer.page.getByLabel('Write a message').pressSequentially('Su');
  await person.page.locator('.typing').waitFor();
  await looked.show('talking');
  await looked.write('turned \u202e around');
  await person.page.locator('.lost').waitFor();
  await person.context.setOffline(true);
  await looked.write('Are you still there?');
  await person.page.locator('.status').waitFor();
  await looked.show('talking-offline');
  await person.context.setOffline(false);
  await peer.sees('Are you still there?');
}

describe.each(LOOKS)('in %s', (look, how) => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  it('every screen is accessible', async () => {
    const tag = look.slice(0, 20);
    const looked = await Looked.arrive(browser, look, how);
    const { person } = looked;
    const peer = await Person.arrive(browser, door);
    await looksAtTheStart(looked, tag);
    await person.page.locator('button[type=submit]').click();
    await person.page.locator('.facts li').nth(2).waitFor();
    await looked.show('waiting');
    await peer.wish({ tags: [tag] });
    await peer.start();
    await peer.met();
    await looked.composer.waitFor();
    await looked.show('talking-new');
    await talks(looked, peer);
    await looked.press('More', 'Mehr');
    await looked.show('menu');
    await looked.press('Report', 'Melden');
    await looked.show('report');
    await person.page.keyboard.press('Escape');
    const other = await Person.inTab(person.context, door);
    await other.page.locator('h1').waitFor();
    await looked.show('elsewhere', other);
    await other.page.close();
    await peer.next();
    await person.page.locator('.button.big').nth(1).waitFor();
    await looked.show('ended');
    await person.leave();
    await peer.leave();
  });
});
