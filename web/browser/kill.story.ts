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

  /** Two who have met; whoever met before does not meet again. */
  async function pair(): Promise<[Person, Person]> {
    const arrive = () => Person.arrive(browser, machine!.door);
    const people = await Promise.all([arrive(), arrive()]);
    for (const person of people) await person.wish({ tags: ['kills'] });
    await Promise.all(people.map((person) => person.start()));
    await Promise.all(people.map((person) => person.met()));
    await people[0].write('hello');
    await people[1].sees('hello');
    return people;
  }

  it('loses no word of a conversation', async () => {
    let [anna, ben] = await pair();
    let victim = await guests.busy();
    for (let tries = 1; tries < TRIES && victim === undefined; tries++) {
      await Promise.all([anna.leave(), ben.leave()]);
      [anna, ben] = await pair();
      victim = await guests.busy();
    }
    expect(victim).toBeDefined();
    guests.kill(victim!);
    const from = performance.now();
    await anna.write('are you still there?');
    await ben.write('I am, are you?');
    await Promise.all([anna.sees('I am, are you?'), ben.sees('are you still there?')]);
    console.log(`killed → both heard each other again: ${Math.round(performance.now() - from)} ms`);
    await anna.page.locator('.me .mark.pending').waitFor({ state: 'detached' });
    expect(await anna.said()).toHaveLength(3);
    expect(await ben.said()).toEqual(await anna.said());
    await Promise.all([anna.leave(), ben.leave()]);
  });
});
