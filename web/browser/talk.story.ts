import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import {
  afterAll,
  afterEach,
  beforeAll,
  describe,
  expect,
  inject,
  it,
  onTestFinished,
} from 'vitest';
import { ar } from '../src/page/messages/ar';
import { launch, Person } from './person';
import { Tunnel } from './tunnel';

const door = inject('door');
let browser: Browser;
const here: Person[] = [];

async function arrive(how = {}, way = door): Promise<Person> {
  const person = await Person.arrive(browser, way, how);
  here.push(person);
  return person;
}

/** Two who are in one conversation. */
async function pair(tag: string): Promise<[Person, Person]> {
  const [anna, ben] = [await arrive(), await arrive()];
  await Promise.all([anna.wish({ tags: [tag] }), ben.wish({ tags: [tag] })]);
  const from = performance.now();
  await Promise.all([anna.start(), ben.start()]);
  await Promise.all([anna.met(), ben.met()]);
  console.log(
    `both pressed start → both see a text box: ${Math.round(performance.now() - from)} ms`,
  );
  return [anna, ben];
}

beforeAll(async () => {
  browser = await launch();
});

afterEach(async () => {
  for (const person of here.splice(0)) await person.leave();
});

afterAll(() => browser.close());

describe('two strangers', () => {
  it('meet, talk, see what they share, and that it arrived', async () => {
    const [anna, ben] = await pair('films');
    await anna.sees('You share: films');
    await anna.write('hello you');
    await ben.sees('hello you');
    await ben.write('hello back\u00a0🙂');
    await anna.sees('hello back');
    await anna.page.locator('.me .mark.read').waitFor();
    await ben.page.getByLabel('Write a message').pressSequentially('I am still wri');
    await anna.sees('is writing');
    expect(await anna.said()).toEqual(await ben.said());
  });

  it('go on after a reload in the middle, without a lost or doubled word', async () => {
    const [anna, ben] = await pair('reloads');
    await anna.write('before');
    await ben.sees('before');
    await anna.page.getByLabel('Write a message').fill('a draft');
    await anna.page.reload();
    await ben.write('while you were away');
    await anna.met();
    expect(await anna.page.getByLabel('Write a message').inputValue()).toBe('a draft');
    await anna.sees('while you were away');
    await anna.write('after');
    await ben.sees('after');
    expect(await anna.said()).toEqual(['before', 'while you were away', 'after']);
    expect(await ben.said()).toEqual(['before', 'while you were away', 'after']);
  });

  it('write on while one is cut off for twenty seconds, and lose nothing', async () => {
    const tunnel = await Tunnel.to(door);
    onTestFinished(() => tunnel.close());
    const anna = await arrive({}, tunnel.address);
    const ben = await arrive();
    // The page's own clock: its twenty seconds need not be ours. The server's runs on.
    await anna.page.clock.install();
    for (const person of [anna, ben]) await person.wish({ tags: ['tunnels'] });
    await Promise.all([anna.start(), ben.start()]);
    await Promise.all([anna.met(), ben.met()]);
    await anna.write('into the tunnel');
    await ben.sees('into the tunnel');
    await anna.page.locator('.me .mark:not(.pending)').waitFor();

    tunnel.break();
    await anna.sees('Reconnecting… what you write waits here.');
    await ben.sees('Your peer is away just now.');
    await anna.write('said in the tunnel');
    await ben.write('are you there?');
    await anna.page.getByLabel('Write a message').fill('a draft');
    for (let second = 1; second <= 20; second++) await anna.page.clock.runFor(1_000);
    expect(tunnel.refused).toBeGreaterThan(2);
    expect(await anna.page.locator('.me .mark.pending').count()).toBe(1);
    await anna.sees('Reconnecting…');

    tunnel.mend();
    await anna.page.clock.runFor(10_000);
    await anna.sees('are you there?');
    await ben.sees('said in the tunnel');
    await anna.page.locator('.me .mark.pending').waitFor({ state: 'detached' });
    await anna.page.locator('.status').waitFor({ state: 'detached' });
    await ben.page.locator('.status').waitFor({ state: 'detached' });
    expect(await anna.page.getByLabel('Write a message').inputValue()).toBe('a draft');
    expect([...(await anna.said())].sort()).toEqual([...(await ben.said())].sort());
    expect(await ben.said()).toHaveLength(3);

    // A reload on the way out keeps what waits, too.
    tunnel.break();
    await anna.sees('Reconnecting…');
    await anna.write('said in the second tunnel');
    await anna.page.getByLabel('Write a message').fill('another draft');
    tunnel.mend();
    await anna.page.reload();
    await ben.sees('said in the second tunnel');
    await anna.page.locator('.me .mark.pending').waitFor({ state: 'detached' });
    expect(await anna.page.getByLabel('Write a message').inputValue()).toBe('another draft');
    expect(await ben.said()).toHaveLength(4);
    expect([...(await anna.said())].sort()).toEqual([...(await ben.said())].sort());
  });

  it('find everything said while the page was frozen', async () => {
    const [anna, ben] = await pair('ice');
    const lifecycle = await anna.context.newCDPSession(anna.page);
    await lifecycle.send('Page.setWebLifecycleState', { state: 'frozen' });
    for (const word of ['one', 'two', 'three']) await ben.write(word);
    await ben.page.locator('.me .mark:not(.pending)').nth(2).waitFor();
    await lifecycle.send('Page.setWebLifecycleState', { state: 'active' });
    await anna.sees('three');
    expect(await anna.said()).toEqual(['one', 'two', 'three']);
    await ben.page.locator('.me .mark.read').nth(2).waitFor();
    await anna.write('thawed');
    await ben.sees('thawed');
  });

  it('part by Next, and one meets the next person; the other may look again', async () => {
    const [anna, ben] = await pair('partings');
    const cleo = await arrive();
    await cleo.wish({ tags: ['partings'] });
    await anna.next();
    await ben.heading('The conversation is over');
    await ben.sees('Your peer moved on');
    await cleo.start();
    await Promise.all([anna.met(), cleo.met()]);
    await cleo.write('hello, I am new');
    await anna.sees('hello, I am new');
    expect(await anna.said()).toEqual(['hello, I am new']);
  });

  it('see links as words until they ask', async () => {
    const [anna, ben] = await pair('links');
    await anna.write('look at https://example.org/path, please');
    await ben.sees('please');
    expect(await ben.page.locator('.bubble a').count()).toBe(0);
    await ben.page.getByRole('button', { name: /as a link/ }).click();
    const link = ben.page.locator('.bubble a');
    expect(await link.getAttribute('href')).toBe('https://example.org/path');
    expect(await link.getAttribute('rel')).toContain('noopener');
  });

  it('are told in words what is too long, too fast or not plain text', async () => {
    const [anna, ben] = await pair('limits');
    const composer = anna.page.getByLabel('Write a message');
    await composer.fill('a'.repeat(4_001));
    await anna.sees('One character too many');
    await anna.page.keyboard.press('Enter');
    expect(await anna.said()).toEqual([]);
    await anna.write('turned \u202e around');
    await anna.sees('it holds characters that are not allowed');
    await anna.press('Send again');
    await anna.page.locator('.lost').waitFor();
    expect(await anna.page.locator('.lost').count()).toBe(1);
    await anna.press('Discard');
    await anna.page.locator('.lost').waitFor({ state: 'detached' });
    // What gathers goes up at once, however slow this machine writes.
    await anna.context.setOffline(true);
    for (let i = 1; i <= 30; i++) await anna.write(`${i}`);
    await anna.context.setOffline(false);
    await anna.sees('A little slower, please');
    await ben.page.locator('.peer').nth(29).waitFor();
    expect(await ben.said()).toEqual(Array.from({ length: 30 }, (_, i) => `${i + 1}`));
  });

  it('are parted by a report, and told how it went', async () => {
    const [anna, ben] = await pair('reports');
    await ben.write('something rude');
    await anna.sees('something rude');
    await anna.press('More');
    const [log] = await Promise.all([
      anna.page.waitForEvent('download'),
      anna.press('Save as text'),
    ]);
    expect(log.suggestedFilename()).toBe('parley.txt');
    expect(readFileSync(await log.path(), 'utf8')).toMatch(/Stranger: something rude\n/);
    await anna.press('More');
    await anna.press('Report');
    const dialog = anna.page.getByRole('dialog');
    await dialog.getByLabel('What happened').selectOption('Harassment');
    await dialog.getByLabel('Anything to add').fill('it went on and on');
    await dialog.getByRole('button', { name: 'Report' }).click();
    await anna.sees('It was handed on');
    await ben.sees('Your peer moved on');
    await anna.press('Change my wishes');
    await anna.heading('Press a button');
    expect(await anna.page.locator('.chip').first().innerText()).toContain('reports');
  });

  it('are parted by a wish never to meet again', async () => {
    const [anna, ben] = await pair('blocks');
    await anna.press('More');
    await anna.press('Never meet again');
    await anna.page.getByRole('dialog').getByRole('button', { name: 'Never meet again' }).click();
    await anna.sees('You will not meet again');
    await ben.sees('Your peer moved on');
  });
});

describe('the page', () => {
  it('is there soon, with the words of the browser it comes to', async () => {
    const { page } = await arrive({ locale: 'de-AT' });
    await page.getByRole('button', { name: 'Jemanden finden' }).waitFor();
    const [drawn, bytes] = await page.evaluate(() => {
      const all = performance.getEntries();
      const sizes = all.map((each) => ('transferSize' in each ? Number(each.transferSize) : 0));
      const paint = all.find(({ name }) => name === 'first-contentful-paint');
      return [paint?.startTime ?? 0, sizes.reduce((sum, size) => sum + size, 0)];
    });
    console.log(
      `first load, in German: ${(bytes / 1024).toFixed(1)} KiB, drawn after ${Math.round(drawn)} ms`,
    );
    expect(bytes).toBeLessThan(100_000);
  });

  it('comes under a policy without exceptions, and sets no cookie', async () => {
    const answer = await fetch(door);
    const policy = answer.headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|\*|https?:|data:|blob:|nonce|sha256/);
    expect(answer.headers.has('set-cookie')).toBe(false);
  });

  it('reads from right to left in Arabic, and people talk across the two directions', async () => {
    const [amal, ben] = [await arrive({ locale: 'ar' }), await arrive()];
    const { page } = amal;
    const left = async (selector: string) => (await page.locator(selector).boundingBox())!.x;
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
    expect(await left('.terms label')).toBeGreaterThan(await left('.terms button'));
    await page.locator('#year').fill('1990');
    await page.locator('#terms').check();
    await page.locator('.wish select').selectOption('1');
    await page.locator('summary').click();
    await page.locator('#language').selectOption('en');
    await ben.wish();
    await Promise.all([page.locator('button[type=submit]').click(), ben.start()]);
    await page.getByLabel(ar['talk.write']).fill('مرحبا!');
    await page.keyboard.press('Enter');
    await ben.sees('مرحبا!');
    await ben.write('Hello (you)!');
    await amal.sees('Hello (you)!');
    expect(await left('.bubble.me')).toBeLessThan(await left('.bubble.peer'));
    const direction = (each: Element) => getComputedStyle(each).direction;
    expect(await ben.page.locator('.peer > .words').evaluate(direction)).toBe('rtl');
    expect(await page.locator('.peer > .words').evaluate(direction)).toBe('ltr');
    const wider = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
    expect(await page.evaluate(wider)).toBe(0);
  });
});

describe('a person', () => {
  it('under age is told so, kindly, and remembered', async () => {
    const young = await arrive();
    await young.wish({ year: '2015' });
    await young.start();
    await young.sees('Parley is for people from 18 on');
    await young.page.getByLabel('Year of birth').fill('1980');
    await young.start();
    await young.sees('Parley is for people from 18 on');
  });

  it('is told what is missing before anything is sent', async () => {
    const person = await arrive();
    await person.start();
    await person.sees('as four digits');
    await person.sees('Please accept the terms');
  });

  it('waits with words, looks further on demand, and stops when they like', async () => {
    const person = await arrive();
    await person.wish({ tags: ['nobody else likes this'], widest: 'anyone' });
    await person.start();
    await person.heading('Looking for someone');
    await person.sees('Waiting for');
    await person.sees(/You are (next|number \d+ in line)/);
    await person.page.waitForFunction(() => document.title.startsWith('Looking'));
    await person.page.reload();
    await person.sees('who shares a topic and a language with you');
    const further = person.page.getByRole('button', { name: 'Look further now' });
    await further.click();
    await person.sees('For somebody who speaks your language');
    await further.click();
    await person.sees('For anyone who fits');
    await further.waitFor({ state: 'detached' });
    await person.page.getByRole('button', { name: 'Stop looking' }).click();
    await person.heading('Press a button');
  });

  it('meets and talks with the keyboard alone', async () => {
    const [anna, ben] = [await arrive(), await arrive()];
    await ben.wish();
    const { keyboard } = anna.page;
    await anna.page.locator('#year').focus();
    await keyboard.type('1985');
    await keyboard.press('Tab');
    await keyboard.press('Space');
    await keyboard.press('Enter');
    await ben.start();
    await anna.met();
    await keyboard.type('typed at once');
    await keyboard.press('Enter');
    await ben.sees('typed at once');
    await keyboard.press('Escape');
    await anna.sees('Press Escape again');
    await keyboard.press('Escape');
    await ben.heading('The conversation is over');
    await anna.heading('Looking for someone');
  });

  it('talks in one of three tabs, and takes the talk to another', async () => {
    const [anna, ben] = await pair('tabs');
    await anna.write('in the first tab');
    await ben.sees('in the first tab');
    const second = await Person.inTab(anna.context, door);
    const third = await Person.inTab(anna.context, door);
    await second.heading('Open in another tab');
    await third.heading('Open in another tab');
    await third.page.getByRole('button', { name: 'Use here' }).click();
    await third.met();
    await anna.heading('Open in another tab');
    await third.write('in the third tab');
    await ben.sees('in the third tab');
    await ben.write('I noticed nothing');
    await third.sees('I noticed nothing');
    expect(await third.said()).toEqual([
      'in the first tab',
      'in the third tab',
      'I noticed nothing',
    ]);
    expect([...second.faults, ...third.faults]).toEqual([]);
  });

  it('hears of each message once, and not of their own', async () => {
    const [anna, ben] = await pair('voices');
    const status = anna.page.locator('[role=status]');
    await anna.write('mine');
    await ben.write('yours');
    await anna.sees('yours');
    await anna.page.waitForFunction(() =>
      document.querySelector('[role=status]')?.textContent?.includes('Stranger: yours'),
    );
    expect(await status.textContent()).not.toContain('mine');
  });
});
