/** A machine whose rules are its own: short patience, a small log, few calls, one friend among the origins. */
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Elsewhere } from './elsewhere';
import { Machine } from './machine';
import { launch, Person } from './person';

const REPLAYED = 20;
const BURST = 300;
const POOLS = `intents: [talk]
talk:
  to-language: 3s
  to-anyone: 7s
  acceptance: at-once
  ai: off
`;

let machine: Machine;
let browser: Browser;
let friend: Elsewhere;
let foreign: Elsewhere;
const here: Person[] = [];

beforeAll(async () => {
  [friend, foreign] = await Promise.all([Elsewhere.open(), Elsewhere.open()]);
  const pools = join(tmpdir(), `parley-pools-${process.pid}.yaml`);
  writeFileSync(pools, POOLS);
  const settings = [
    `match.pools.file=${pools}`,
    `session.relay.replay=${REPLAYED}`,
    `door.cors.origins=${friend.origin}`,
    `door.address-limit.burst=${BURST}`,
    'door.address-limit.per-second=15',
  ];
  const options = settings.flatMap((setting) => ['--set', setting]);
  [machine, browser] = await Promise.all([Machine.start(...options), launch()]);
});

afterEach(async () => {
  for (const person of here.splice(0)) await person.leave();
});

afterAll(async () => {
  await browser.close();
  friend.close();
  foreign.close();
  await machine.stop();
});

async function arrive(): Promise<Person> {
  const person = await Person.arrive(browser, machine.facts.door);
  here.push(person);
  return person;
}

async function meet(...people: Person[]): Promise<void> {
  for (const person of people) await person.start();
  for (const person of people) await person.met();
}

describe('who waits', () => {
  it('is told how far the search goes, and it goes further by itself', async () => {
    const person = await arrive();
    await person.wish({ tags: ['a topic of nobody else'] });
    await person.start();
    await person.sees('who shares a topic and a language with you');
    await person.sees('Looks further in');
    await person.sees('For somebody who speaks your language');
    await person.sees('For anyone who fits');
    await person.page.getByText('Looks further in').waitFor({ state: 'detached' });
    await person.page.waitForFunction(() =>
      document.querySelector('[role=status]')?.textContent?.includes('For anyone who fits'),
    );
  });
});

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
    const lines = Array.from({ length: REPLAYED + 10 }, (_, i) => `line ${i + 1}`);
    for (const line of lines) await ben.write(line);
    await ben.page.locator('.me .mark.pending').first().waitFor({ state: 'detached' });
    await ben.page.locator('.me .mark:not(.pending)').nth(lines.length).waitFor();
    await anna.page.goto(machine.facts.door);
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
    const door = machine.facts.door;
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

describe('a door that has had enough', () => {
  it('says so in words with the time to wait, and lets in afterwards', async () => {
    const person = await arrive();
    await person.wish();
    let pressing = true;
    const knock = async (): Promise<void> => {
      while (pressing) await fetch(machine.facts.door).then((answer) => answer.text());
    };
    const crowd = Array.from({ length: 6 }, knock);
    await expect.poll(async () => (await fetch(machine.facts.door)).status).not.toBe(200);
    await person.start();
    await person.sees('Too many tries from here. Please wait');
    pressing = false;
    await Promise.all(crowd);
    await person.start();
    await person.heading('Looking for someone');
  });
});
