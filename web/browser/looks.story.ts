/** Every screen in light, dark and on a phone: pictures for people, axe for the rest. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, inject, it } from 'vitest';
import { Looked, LOOKS } from './looks';
import { launch, Person } from './person';

const door = inject('door');
const LINES = [
  'Hello! What did you see last?',
  'Perfect Days, twice. You?',
  'Only the trailer: https://example.org',
  'Then we have something to do. The cinema by the river shows it on Sunday, in Donaudampfschifffahrtsgesellschaftskapitänsmützen.',
];

async function looksAtTheStart(looked: Looked, tag: string): Promise<void> {
  const { page } = looked.person;
  await looked.show('start');
  await looked.press('start.go');
  await looked.show('start-incomplete');
  await looked.press('start.terms.read');
  await looked.show('terms');
  await page.keyboard.press('Escape');
  await page.locator('#year').fill('1990');
  await page.locator('#terms').check();
  await page.getByLabel(looked.words('start.ai')).selectOption('1');
  await page.locator('summary').click();
  for (const topic of [tag, 'cinemas by the river', 'weißwurstfrühstücksverabredungen']) {
    await page.locator('#tag').fill(topic);
    await page.keyboard.press('Enter');
  }
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
    const looked = await Looked.arrive(browser, door, look, how);
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
    await looked.press('talk.more');
    await looked.show('menu');
    await looked.press('talk.report');
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
