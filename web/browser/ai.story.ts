/** AI peers as `./parley up` has them: they join who waits, say what they are, and give way to people. */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { launch, Person, type Wish } from './person';

const door = inject('door');
let browser: Browser;
const here: Person[] = [];

beforeAll(async () => {
  browser = await launch();
});
afterEach(async () => {
  for (const person of here.splice(0)) await person.leave();
});
afterAll(() => browser.close());

async function looking(wish: Wish): Promise<Person> {
  const person = await Person.arrive(browser, door);
  here.push(person);
  await person.wish(wish);
  await person.start();
  return person;
}

/** Somebody who talks with an AI peer, and looks for a person meanwhile. */
async function withAi(tag: string): Promise<Person> {
  const person = await looking({ tags: [tag], ai: 'meanwhile' });
  await person.heading('You are talking with an AI');
  await person.page.locator('.bubble.server').waitFor();
  return person;
}

const offerOf = (person: Person) => person.page.getByRole('alertdialog');
/** That somebody is asked for them. */
const asked = (person: Person) => person.page.locator('.asked');
const aiLines = (person: Person) => person.page.locator('.bubble.ai > .words');

/** Says something, and gives what the AI peer answers. */
async function answered(person: Person, line: string): Promise<string> {
  const before = await aiLines(person).count();
  await person.write(line);
  await aiLines(person).nth(before).waitFor();
  return aiLines(person).nth(before).innerText();
}

describe('an AI peer', () => {
  it('joins who waits, says what it is, and answers; a reload keeps the label', async () => {
    const from = performance.now();
    const anna = await withAi('quiet evenings');
    console.log(`pressed start → an AI peer is there: ${Math.round(performance.now() - from)} ms`);
    const first = anna.page.locator('.bubble').first();
    expect(await first.getAttribute('class')).toContain('server');
    expect(await first.innerText()).toMatch(/\bAI\b/);
    await anna.isAccessible('with a real AI peer');
    await answered(anna, 'Hello there');
    expect(await answered(anna, 'Are you human?')).toMatch(/\bAI\b|machine/i);
    const said = await anna.said();
    await anna.page.reload();
    await anna.heading('You are talking with an AI');
    await anna.page.locator('.bubble.ai').first().waitFor();
    expect((await anna.said()).slice(0, said.length)).toEqual(said);
    expect(await anna.page.locator('.bubble.peer').count()).toBe(0);
  });

  it('does not come to who refuses it', async () => {
    const ben = await looking({ tags: ['people alone'], ai: 'never' });
    await withAi('anybody at all');
    await ben.heading('Looking for someone');
    expect(await ben.page.getByText('may join you').count()).toBe(0);
  });
});

describe('a person who comes', () => {
  it('takes the place of the AI peer after a yes', async () => {
    const anna = await withAi('switches');
    await answered(anna, 'I wait for a person');
    const ben = await looking({ tags: ['switches'] });
    await asked(ben).waitFor();
    await offerOf(anna).waitFor();
    await anna.sees('You both named switches');
    const from = performance.now();
    await anna.page.keyboard.press('Enter');
    await Promise.all([anna.sees('You are talking with a person now'), ben.met()]);
    console.log(`yes → both see a text box: ${Math.round(performance.now() - from)} ms`);
    await anna.write('hello, person');
    await ben.sees('hello, person');
    await ben.write('hello yourself');
    await anna.sees('hello yourself');
    expect(await anna.said()).toEqual(['hello, person', 'hello yourself']);
    expect(await anna.page.locator('.with-ai, .bubble.ai').count()).toBe(0);
    expect(await ben.page.locator('.with-ai, .bubble.ai').count()).toBe(0);
  });

  it('goes on looking after a no, and the AI peer stays', async () => {
    const anna = await withAi('staying');
    const ben = await looking({ tags: ['staying'] });
    await asked(ben).waitFor();
    await offerOf(anna).waitFor();
    await anna.page.keyboard.press('Escape');
    await anna.sees('You stay here');
    await asked(ben).waitFor({ state: 'detached' });
    await ben.heading('Looking for someone');
    await answered(anna, 'Where were we?');
    await anna.heading('You are talking with an AI');
  });

  it('is let go when nobody answers, and so is the place in line until it is asked for', async () => {
    const anna = await withAi('silences');
    const ben = await looking({ tags: ['silences'] });
    await offerOf(anna).waitFor();
    await anna.sees('you are not in line any more');
    await offerOf(anna).waitFor({ state: 'detached' });
    expect(await anna.page.getByRole('switch').isChecked()).toBe(false);
    await asked(ben).waitFor({ state: 'detached' });
    await ben.heading('Looking for someone');
    await answered(anna, 'I was in the kitchen');
  });

  it('and goes again leaves things as they were', async () => {
    const anna = await withAi('passing by');
    const ben = await looking({ tags: ['passing by'] });
    await offerOf(anna).waitFor();
    await ben.press('Stop looking');
    await anna.sees('The person is gone again');
    expect(await anna.page.getByRole('switch').isChecked()).toBe(true);
    await answered(anna, 'They did not stay');
  });

  it('is not offered to who stopped looking, until they look again', async () => {
    const anna = await withAi('second thoughts');
    const look = anna.page.getByRole('switch', { name: 'Keep looking for a person' });
    await look.click();
    await anna.page.waitForFunction(
      () => !document.querySelector<HTMLInputElement>('[role=switch]')!.checked,
    );
    const ben = await looking({ tags: ['second thoughts'] });
    await ben.sees(/You are (next|number \d+ in line)/);
    expect(await offerOf(anna).count()).toBe(0);
    await look.click();
    await offerOf(anna).waitFor();
    await anna.press('Meet them');
    await Promise.all([anna.sees('You are talking with a person now'), ben.met()]);
  });
});
