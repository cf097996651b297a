/** A machine of its own: its door speaks TLS and has little patience, whoever sleeps is soon lost, and the search goes far soon. */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { Machine } from './machine';
import { launch, Person } from './person';
import { Tunnel } from './tunnel';

const TABS = 8;
const POOLS = `intents: [talk]
talk:
  to-language: 2s
  to-anyone: 4s
  ai: off
`;

let machine: Machine;
let browser: Browser;
const here: Person[] = [];

beforeAll(async () => {
  const settings = [
    'session.presence.gone-after=200ms',
    'session.presence.lost-after=2s',
    'session.presence.look-every=200ms',
    'session.presence.round-every=200ms',
    // After a pause of a busy machine nobody is lost for so long.
    'session.presence.calm=500ms',
    'identity.guests.terms-at=/words',
    'door.address-limit.burst=600',
    'door.address-limit.per-second=10',
  ];
  const differs = { settings, pools: POOLS, options: ['--tls'] };
  [machine, browser] = await Promise.all([Machine.start(differs), launch()]);
});

afterEach(async () => {
  for (const person of here.splice(0)) await person.leave();
});

afterAll(async () => {
  await browser.close();
  await machine.stop();
});

async function arrive(way = machine.facts.door): Promise<Person> {
  const person = await Person.arrive(browser, way, { ignoreHTTPSErrors: true });
  here.push(person);
  return person;
}

/** This server has terms of its own. */
async function begin(person: Person): Promise<void> {
  await person.start();
  const words = person.page.getByRole('link', { name: 'Read the terms of this server' });
  expect(await words.getAttribute('href')).toBe('/words');
  await person.isAccessible('terms asked');
  await person.press('I accept');
}

async function meet(...people: Person[]): Promise<void> {
  for (const person of people) await person.wish();
  for (const person of people) await begin(person);
  await Promise.all(people.map((person) => person.met()));
}

describe('over TLS', () => {
  it('all goes by HTTP/2, and more tabs than HTTP/1.1 has connections are open', async () => {
    const [anna, ben] = [await arrive(), await arrive()];
    await meet(anna, ben);
    expect(machine.facts.door).toMatch(/^https:/);
    const protocol = () =>
      performance
        .getEntries()
        .flatMap((entry) => ('nextHopProtocol' in entry ? [entry.nextHopProtocol] : []));
    expect(new Set(await anna.page.evaluate(protocol))).toEqual(new Set(['h2']));
    const tabs = Array.from({ length: TABS }, () => Person.inTab(anna.context, machine.facts.door));
    for (const tab of await Promise.all(tabs)) await tab.heading('Open in another tab');
    await anna.write('still one conversation');
    await ben.sees('still one conversation');
  });
});

describe('who sleeps beyond the grace', () => {
  it('is told so, with what was not sent, and finds somebody else', async () => {
    const tunnel = await Tunnel.to(machine.facts.door);
    onTestFinished(() => tunnel.close());
    const [anna, ben] = [await arrive(tunnel.address), await arrive()];
    await meet(anna, ben);
    // A text box is there before its person has entered: who is lost must have come first.
    await anna.write('here I am');
    await ben.sees('here I am');
    tunnel.break();
    await anna.sees('Reconnecting…');
    await anna.write('said into the void');
    await ben.sees('Your peer lost the connection');
    tunnel.mend();
    await anna.heading('The conversation is over');
    await anna.sees('said into the void');
    await anna.press('Find someone else');
    const cleo = await arrive();
    await cleo.wish();
    await begin(cleo);
    await Promise.all([anna.met(), cleo.met()]);
  });
});

describe('who waits', () => {
  it('is told how far the search goes, and it goes further by itself', async () => {
    const person = await arrive();
    await person.wish({ tags: ['a topic of nobody else'], widest: 'anyone' });
    await begin(person);
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

describe('a door that has had enough', () => {
  it('says so in words with the time to wait, and lets in afterwards', async () => {
    const [person, crowd] = [await arrive(), await arrive()];
    await person.wish({ tags: ['patience'] });
    const knocking = crowd.page.evaluate(async () => {
      const knock = async () => (await fetch('/')).status;
      while (document.title !== 'stop') {
        const answers = await Promise.all(Array.from({ length: 12 }, knock));
        if (document.title !== 'stop' && answers.some((status) => status !== 200)) {
          document.title = 'enough';
        }
      }
    });
    await crowd.page.waitForFunction(() => document.title === 'enough');
    // The page tries for 15 s of its own clock, which need not be ours. Now and then a try gets through, and is asked for the terms.
    await person.page.clock.install();
    const enough = person.page.getByText('Too many tries from here. Please wait');
    const through = person.page.getByRole('button', { name: 'I do not' });
    await person.start();
    const refused = async () => {
      await person.page.clock.runFor(1_000);
      if (await through.isVisible()) {
        await through.click();
        await person.page.getByLabel('I accept the terms').check();
        await person.start();
      }
      return enough.isVisible();
    };
    await expect.poll(refused, { timeout: 30_000 }).toBe(true);
    await crowd.page.evaluate(() => (document.title = 'stop'));
    await knocking;
    await begin(person);
    await person.heading('Looking for someone');
  });
});
