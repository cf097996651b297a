/** A machine of its own: its door speaks TLS, and whoever sleeps is soon lost. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Machine } from './machine';
import { launch, Person } from './person';

const TABS = 8;

describe('over TLS, where who sleeps is soon lost', () => {
  let machine: Machine;
  let browser: Browser;

  beforeAll(async () => {
    const settings = ['session.presence.lost-after=2s', 'identity.guests.terms-at=/words'];
    const options = ['--tls', ...settings.flatMap((setting) => ['--set', setting])];
    [machine, browser] = await Promise.all([Machine.start(...options), launch()]);
  });

  afterAll(async () => {
    await browser.close();
    await machine.stop();
  });

  async function pair(): Promise<[Person, Person]> {
    const people = await Promise.all([arrive(), arrive()]);
    for (const person of people) await person.wish();
    for (const person of people) await begin(person);
    await Promise.all(people.map((person) => person.met()));
    return people;
  }

  /** This server has terms of its own. */
  async function begin(person: Person): Promise<void> {
    await person.start();
    const words = person.page.getByRole('link', { name: 'Read the terms of this server' });
    expect(await words.getAttribute('href')).toBe('/words');
    await person.isAccessible('terms asked');
    await person.press('I accept');
  }

  function arrive(): Promise<Person> {
    return Person.arrive(browser, machine.facts.door, { ignoreHTTPSErrors: true });
  }

  it('all goes by HTTP/2, and more tabs than HTTP/1.1 has connections are open', async () => {
    const [anna, ben] = await pair();
    expect(machine.facts.door).toMatch(/^https:/);
    const protocol = () =>
      performance
        .getEntries()
        .flatMap((entry) => ('nextHopProtocol' in entry ? [entry.nextHopProtocol] : []));
    expect(new Set(await anna.page.evaluate(protocol))).toEqual(new Set(['h2']));
    for (let i = 0; i < TABS; i++) {
      const tab = await Person.inTab(anna.context, machine.facts.door);
      await tab.heading('Open in another tab');
    }
    await anna.write('still one conversation');
    await ben.sees('still one conversation');
    await anna.leave();
    await ben.leave();
  });

  it('who sleeps beyond the grace is told so, with what was not sent', async () => {
    const [anna, ben] = await pair();
    await anna.context.setOffline(true);
    await anna.write('said into the void');
    await ben.sees('Your peer lost the connection');
    await anna.context.setOffline(false);
    await anna.heading('The conversation is over');
    await anna.sees('said into the void');
    await anna.press('Find someone else');
    const cleo = await arrive();
    await cleo.wish();
    await begin(cleo);
    await Promise.all([anna.met(), cleo.met()]);
    await cleo.leave();
    await anna.leave();
    await ben.leave();
  });
});
