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

describe.each(LOOKS)('in %s', (look, how) => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  it('every screen is accessible', async () => {
    const tag = look.slice(0, 20);
    const person = await Person.arrive(browser, door, how);
    const peer = await Person.arrive(browser, door);
    const german = look.endsWith('german');
    const show = async (screen: string) => {
      await person.isAccessible(`${look} ${screen}`);
      await person.picture(`${screen}-${look}`);
    };
    const wider = await person.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wider, 'pixels that stand out of the screen').toBeLessThanOrEqual(0);
    await show('start');
    const { page } = person;
    await page.locator('#year').fill('1990');
    await page.locator('#terms').check();
    await page.locator('summary').click();
    for (const topic of [tag, 'films', 'bread']) {
      await page.locator('#tag').fill(topic);
      await page.keyboard.press('Enter');
    }
    await show('wishes');
    await page.locator('button[type=submit]').click();
    await page
      .getByRole('button', { name: german ? 'Nicht mehr suchen' : 'Stop looking' })
      .waitFor();
    await show('waiting');
    await peer.wish({ tags: [tag] });
    await peer.start();
    await peer.met();
    const composer = page.getByLabel(german ? 'Nachricht schreiben' : 'Write a message');
    await composer.waitFor();
    await show('talking-new');
    const lines = [
      'Hello! What did you see last?',
      'Perfect Days, twice. You?',
      'Only the trailer: https://example.org',
    ];
    for (const [i, line] of lines.entries()) {
      if (i % 2 === 0) {
        await peer.write(line);
        await person.sees(line.slice(0, 12));
      } else {
        await composer.fill(line);
        await page.keyboard.press('Enter');
        await peer.sees(line);
      }
    }
    await composer.fill(
      'Then we have something to do. The cinema by the river shows it on Sunday, and there is bread after.',
    );
    await page.keyboard.press('Enter');
    await peer.sees('Then we have');
    await peer.page.getByLabel('Write a message').pressSequentially('Su');
    await page.locator('.typing').waitFor();
    await show('talking');
    await page.locator('.top button').nth(1).click();
    await page.getByRole('button', { name: german ? 'Melden' : 'Report' }).click();
    await show('report');
    await page.getByRole('dialog').locator('button').first().click();
    const other = await Person.inTab(person.context, door);
    await other.page.locator('h1').waitFor();
    await other.isAccessible(`${look} elsewhere`);
    await other.picture(`elsewhere-${look}`);
    await other.page.close();
    await peer.page.getByRole('button', { name: 'Next', exact: true }).click();
    await page
      .getByRole('button', { name: german ? 'Wünsche ändern' : 'Change my wishes' })
      .waitFor();
    await show('ended');
    await person.leave();
    await peer.leave();
  });
});
