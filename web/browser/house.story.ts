/** What a house decides: how much is sent again, who may come from another origin; and what is told of reading. */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { Elsewhere } from './elsewhere';
import { launch, Person } from './person';

/** More than this machine sends again to who comes back. */
const MISSED = 18;
const door = inject('door');

let browser: Browser;
let friend: Elsewhere;
let foreign: Elsewhere;
const here: Person[] = [];

beforeAll(async () => {
  [browser, friend, foreign] = await Promise.all([
    launch(),
    Elsewhere.open(inject('friend')),
    Elsewhere.open(),
  ]);
});

afterEach(async () => {
  for (const person of here.splice(0)) await person.leave();
});

afterAll(async () => {
  await browser.close();
  friend.close();
  foreign.close();
});

async function arrive(): Promise<Person> {
  const person = await Person.arrive(browser, door);
  here.push(person);
  return person;
}

async function meet(...people: Person[]): Promise<void> {
  for (const person of people) await person.start();
  for (const person of people) await person.met();
}

describe('who tells nobody what they read', () => {
  it('is not told either; that it arrived is told to both', async () => {
    const [anna, ben] = [await arrive(), await arrive()];
    await anna.wish({ tags: ['discretion'] });
    await anna.page.getByLabel('Tell when I have read something').uncheck();
    await ben.wish({ tags: ['discretion'] });
    await meet(anna, ben);
    await ben.write('did you read this?');
    await anna.sees('did you read this?');
    await ben.page.locator('.me .mark.delivered').waitFor();
    await anna.write('and you this?');
    await ben.sees('and you this?');
    await anna.page.locator('.me .mark.delivered').waitFor();
    // Receipts come in order: what is read here now was told after what was not.
    await ben.write('a last word');
    await anna.sees('a last word');
    await ben.page.locator('.me .mark.delivered').nth(1).waitFor();
    for (const person of [anna, ben]) {
      expect(await person.page.locator('.me .mark.read').count()).toBe(0);
    }
  });
});

describe('who was away for long', () => {
  it('reads what was said meanwhile in the history, each word once and in order', async () => {
    const [anna, ben] = [await arrive(), await arrive()];
    await anna.wish({ tags: ['long absences'] });
    await ben.wish({ tags: ['long absences'] });
    await meet(anna, ben);
    await ben.write('before');
    await anna.sees('before');
    await anna.page.goto('about:blank');
    const lines = Array.from({ length: MISSED }, (_, i) => `line ${i + 1}`);
    for (const line of lines) await ben.write(line);
    await ben.page.locator('.me .mark.pending').first().waitFor({ state: 'detached' });
    await ben.page.locator('.me .mark:not(.pending)').nth(lines.length).waitFor();
    await anna.page.goto(door);
    await anna.sees(`line ${lines.length}`);
    await anna.sees('line 1');
    await anna.page.locator('.peer').nth(lines.length).waitFor();
    expect(await anna.said()).toEqual(['before', ...lines]);
    await anna.write('I read all of it');
    await ben.sees('I read all of it');
  });
});

describe('a page of another origin', () => {
  interface Lifted {
    answerOnce(door: string, tag: string): Promise<string>;
  }
  const answerOnce = async (at: Elsewhere, tag: string): Promise<string> => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(at.origin);
    const ask = ([address, topic]: string[]) =>
      (globalThis as unknown as Lifted).answerOnce(address!, topic!);
    return page.evaluate(ask, [door, tag]).finally(() => page.context().close());
  };

  it('that is allowed speaks through the library, streams and all', async () => {
    const person = await arrive();
    await person.wish({ tags: ['far away'] });
    await person.start();
    const heard = answerOnce(friend, 'far away');
    await person.met();
    await person.write('hello, elsewhere');
    expect(await heard).toBe('hello, elsewhere');
    await person.sees('You said: hello, elsewhere');
  });

  it('that is not allowed does not get in', async () => {
    await expect(answerOnce(foreign, 'far away')).rejects.toThrow(/Failed to fetch/);
  });
});
