import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { Guests } from './machine';
import { launch, Person } from './person';

/** The node is one of four by hash: each try finds it in a process of its own with a chance of a half. */
const TRIES = 12;
const machine = inject('machine');

describe.skipIf(machine === undefined)('a session node that is killed', () => {
  let guests: Guests;
  let browser: Browser;

  beforeAll(async () => {
    guests = new Guests(machine!);
    [browser] = await Promise.all([launch(), guests.add('session-8'), guests.add('session-9')]);
  });

  afterAll(async () => {
    await browser.close();
    await guests.stop();
  });

  it('loses no word of a conversation', async () => {
    const people = await Promise.all([
      Person.arrive(browser, machine!.door),
      Person.arrive(browser, machine!.door),
    ]);
    const [anna, ben] = people;
    for (const person of people) await person.wish();
    await Promise.all(people.map((person) => person.start()));
    await Promise.all(people.map((person) => person.met()));
    let victim: string | undefined;
    for (let tries = 0; tries < TRIES && victim === undefined; tries++) {
      await anna.write(`try ${tries}`);
      await ben.sees(`try ${tries}`);
      victim = await guests.busy();
      if (victim !== undefined) break;
      await anna.next();
      await ben.page.getByRole('button', { name: 'Find someone else' }).click();
      await Promise.all(people.map((person) => person.met()));
    }
    expect(victim).toBeDefined();
    const before = (await anna.said()).length;
    guests.kill(victim!);
    const from = performance.now();
    await anna.write('are you still there?');
    await ben.write('I am, are you?');
    await Promise.all([anna.sees('I am, are you?'), ben.sees('are you still there?')]);
    console.log(`killed → both heard each other again: ${Math.round(performance.now() - from)} ms`);
    await anna.page.locator('.me .mark.pending').waitFor({ state: 'detached' });
    expect(await anna.said()).toHaveLength(before + 2);
    expect(await ben.said()).toEqual(await anna.said());
    for (const person of people) await person.leave();
  });
});
