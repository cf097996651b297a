/** What the server decides, state by state, in every look: a crowd, prices, AI peers; the keyboard and a screen reader with it. */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MemberKind } from '../src/gen/parley/domain/v1/domain_pb.js';
import { EndReason, Next, Presence } from '../src/gen/parley/session/v1/frames_pb.js';
import { TICKET, type FoundEvent, type NoticeEvent } from '../tests/fake/server.js';
import { FakeDoor } from './fake-door';
import { Looked, LOOKS } from './looks';
import { launch } from './person';

const AI = 'a'.repeat(22);
const PERSON = 'n'.repeat(22);
const PROPOSAL = 'p'.repeat(22);
const DISCLOSURE =
  'You are talking with an AI, not a person. What you write goes to Example Models.';
const seconds = (n: number) => ({ seconds: BigInt(n) });
const members = (kind: MemberKind) => [
  { memberId: 1, kind: MemberKind.PERSON, presence: Presence.HERE },
  { memberId: 2, kind, presence: Presence.HERE },
];

let browser: Browser;
let door: FakeDoor;

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
beforeEach(async () => {
  door = await FakeDoor.open();
});
afterEach(() => door.close());

async function until(what: string, is: () => boolean): Promise<void> {
  const deadline = Date.now() + 40_000;
  while (!is()) {
    if (Date.now() > deadline) throw new Error(`never: ${what}`);
    await new Promise((again) => setTimeout(again, 20));
  }
}

function tell(event: FoundEvent['event'] & {}): void {
  door.says.search.push({ event });
}

/** In line, where an AI peer may come. */
async function inLine(looked: Looked, search = 1): Promise<void> {
  const { page } = looked.person;
  await page.locator('#year').fill('1990');
  await page.locator('#terms').check();
  await page.locator('button[type=submit]').click();
  await until('a search', () => door.says.finds.length === search);
  const keepWaitingEvery = seconds(15);
  tell({ case: 'accepted', value: { ticketId: TICKET, keepWaitingEvery } });
}

/** Lets the newest stream in: an AI that discloses itself, or a person. */
function letIn(kind: MemberKind): void {
  const ai = kind === MemberKind.AI;
  door.says.letIn({ sessionId: ai ? AI : PERSON, members: members(kind) });
  if (!ai) return;
  const position = { epoch: 1, offset: 1, check: 7 };
  const at = seconds(Math.floor(Date.now() / 1_000));
  const content = { case: 'disclosure' as const, value: DISCLOSURE };
  door.says.stream.push({ envelopes: [{ position, at, content }] });
}

function saysAi(offset: number, text: string): void {
  const at = seconds(Math.floor(Date.now() / 1_000));
  const position = { epoch: 1, offset, check: 7 };
  const content = { case: 'text' as const, value: text };
  const kind = MemberKind.AI;
  door.says.stream.push({ envelopes: [{ position, at, memberId: 2, kind, content }] });
}

/** Talking with an AI peer, in line for a person. */
async function withAi(looked: Looked, keepsLooking = true): Promise<void> {
  await inLine(looked);
  const value = {
    sessionId: AI,
    grant: new Uint8Array([1]),
    peerKind: MemberKind.AI,
    keepsLooking,
  };
  tell({ case: 'matched', value });
  await until('the conversation', () => door.says.opens.length > 0);
  letIn(MemberKind.AI);
  await looked.person.sees(DISCLOSURE);
  saysAi(2, 'Hello! I am an AI. What did you see last?');
  await looked.person.sees('Hello! I am an AI.');
}

function notice(event: NoticeEvent): void {
  door.says.stream.push(door.says.noticed(event));
}

function offer(): void {
  const receipt = { sharedTags: ['films'], language: 'en' };
  const value = {
    proposalId: PROPOSAL,
    answerWithin: seconds(8),
    replacesCompanion: true,
    receipt,
  };
  notice({ case: 'proposal', value });
}

/** With this the start screen says what each wish costs. */
function prices(): void {
  const without = (n: number) => ({ typical: seconds(n) });
  const value = {
    typical: seconds(42),
    withoutTags: without(12),
    withoutLanguages: without(40),
    withoutSeeking: without(42),
  };
  door.says.estimate = { outcome: { case: 'estimate', value } };
}

const offered = (looked: Looked) => looked.person.page.getByRole('alertdialog');

describe.each(LOOKS)('in %s', (look, how) => {
  it('every state with an AI peer is accessible', async () => {
    const looked = await Looked.arrive(browser, door.address, look, how);
    const { page } = looked.person;
    prices();
    await inLine(looked);
    const crowd = { estimatedWait: seconds(25), peopleWaiting: 1_240, relaxesIn: seconds(7) };
    tell({ case: 'waiting', value: { level: 2, place: 3, aiIn: seconds(6), ...crowd } });
    await looked.sees('waiting.ai.in');
    await looked.show('waiting-crowd');
    await looked.press('waiting.cancel');
    await page.locator('summary').click();
    await page.locator('#tag').fill('films');
    await page.keyboard.press('Enter');
    await page.locator('fieldset input').first().check();
    await page.getByText(looked.words('start.price.none')).first().waitFor();
    await looked.show('wishes-priced');
    await inLine(looked, 2);
    tell({ case: 'waiting', value: { level: 3, place: 1, aiIn: seconds(0) } });
    await looked.sees('waiting.ai.now');
    await looked.show('waiting-ai-soon');
    tell({ case: 'waiting', value: { level: 3, place: 1, aiAway: true } });
    await looked.sees('waiting.ai.away');
    await looked.show('waiting-ai-away');
    tell({ case: 'peerAsked', value: { decidedWithin: seconds(8) } });
    await looked.sees('waiting.asked');
    await looked.show('waiting-almost-there');
    const value = { sessionId: AI, peerKind: MemberKind.AI, keepsLooking: true };
    tell({ case: 'matched', value });
    await until('the conversation', () => door.says.opens.length > 0);
    letIn(MemberKind.AI);
    await looked.person.sees(DISCLOSURE);
    await looked.show('ai-disclosed');
    saysAi(2, 'Hello! I am an AI. What did you see last?');
    await looked.person.sees('Hello! I am an AI.');
    await looked.composer.fill('Perfect Days, twice. You?');
    await looked.show('ai-talking');
    await looked.composer.fill('');
    offer();
    await offered(looked).waitFor();
    await looked.show('ai-switch');
    await looked.press('proposal.yes');
    await looked.sees('proposal.accepted.text');
    await looked.show('ai-switching');
    notice({ case: 'proposalWithdrawn', value: { proposalId: PROPOSAL, stillLooking: true } });
    await looked.sees('company.gone');
    await looked.show('ai-withdrawn');
    await looked.press('talk.more');
    await looked.show('ai-menu');
    const end = { reason: EndReason.LOST, next: Next.START_OVER };
    door.says.stream.push({ event: { case: 'end', value: end } });
    await looked.sees('waiting.again.aiLost');
    await looked.show('waiting-ai-lost');
    expect(door.says.finds.at(-1)!.request.ticket).toEqual({ case: 'ticketId', value: TICKET });
    await page.close();
  });
});

describe('a person who is there', () => {
  const arrive = () => Looked.arrive(browser, door.address, ...LOOKS[0]!);

  it('is met by Enter, without a screen between', async () => {
    const looked = await arrive();
    const { page } = looked.person;
    await withAi(looked);
    await page.evaluate(() => {
      const seen: string[] = [];
      Object.assign(globalThis, { seen });
      new MutationObserver(() => {
        const title = document.querySelector('h1')?.textContent?.trim() ?? '';
        if (seen.at(-1) !== title) seen.push(title);
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    offer();
    await offered(looked).waitFor();
    expect(await offered(looked).evaluate((bar) => document.activeElement === bar)).toBe(true);
    expect(await page.title()).toContain('A person is here');
    await page.keyboard.press('Enter');
    await until('an answer', () => door.says.proposalsAnswered.length > 0);
    expect(door.says.proposalsAnswered).toMatchObject([{ proposalId: PROPOSAL, answer: 1 }]);
    const value = { sessionId: PERSON, grant: new Uint8Array([2]), peerKind: MemberKind.PERSON };
    notice({ case: 'matched', value });
    await until('the other conversation', () => door.says.opens.length > 1);
    expect(door.says.opens[1]!.request.enter!.sessionId).toBe(PERSON);
    await until('the end of the first', () => door.says.opens[0]!.feed.aborted);
    letIn(MemberKind.PERSON);
    await looked.person.sees('You are talking with a person now');
    expect(await page.locator('.with-ai, .ai-bar, .bubble').count()).toBe(0);
    const seen = await page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen);
    expect(seen).toEqual(['You are talking with an AI', 'You are talking with a stranger']);
    expect(await looked.composer.evaluate((box) => document.activeElement === box)).toBe(true);
    await looked.show('ai-switched');
    await looked.person.leave();
  });

  it('is declined by Escape, and the focus is back where it was', async () => {
    const looked = await arrive();
    await withAi(looked);
    offer();
    await offered(looked).waitFor();
    await looked.person.page.keyboard.press('Escape');
    await looked.person.sees('You stay here');
    await until('an answer', () => door.says.proposalsAnswered.length > 0);
    expect(door.says.proposalsAnswered[0]!.answer).toBe(2);
    await offered(looked).waitFor({ state: 'detached' });
    expect(await looked.composer.evaluate((box) => document.activeElement === box)).toBe(true);
    await looked.person.leave();
  });

  it('takes no words from who writes, and can be answered from there', async () => {
    const looked = await arrive();
    const { page } = looked.person;
    await withAi(looked);
    await looked.composer.pressSequentially('a whole sentence');
    offer();
    await offered(looked).waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.me .words', { hasText: 'a whole sentence' }).waitFor();
    expect(door.says.proposalsAnswered).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await offered(looked).evaluate((bar) => document.activeElement === bar)).toBe(true);
    await page.keyboard.type('on we go');
    expect(await looked.composer.inputValue()).toBe('on we go');
    expect(door.says.proposalsAnswered).toEqual([]);
    await looked.person.leave();
  });

  it('is told to a screen reader once, however the seconds run', async () => {
    const looked = await arrive();
    const { page } = looked.person;
    await withAi(looked);
    await looked.composer.pressSequentially('writing');
    await page.waitForFunction(() =>
      document.querySelector('[role=status]')?.textContent?.includes('AI: Hello!'),
    );
    await page.clock.install();
    await page.evaluate(() => {
      const said: string[] = [];
      Object.assign(globalThis, { said });
      const live = document.querySelector('[role=status]')!;
      new MutationObserver(() => said.push(live.textContent ?? '')).observe(live, {
        subtree: true,
        childList: true,
        characterData: true,
      });
    });
    offer();
    await offered(looked).waitFor();
    await page.clock.runFor(4_000);
    const said = await page.evaluate(() => (globalThis as unknown as { said: string[] }).said);
    expect(said).toEqual(['A person is here. Switch? Press Escape to answer.']);
    expect(await offered(looked).locator('[aria-live=off]').count()).toBe(1);
    await looked.person.leave();
  });

  it('who was not answered in time is gone, and looking can be taken up again', async () => {
    const looked = await arrive();
    const { page } = looked.person;
    await withAi(looked);
    offer();
    await offered(looked).waitFor();
    notice({ case: 'proposalWithdrawn', value: { proposalId: PROPOSAL, stillLooking: false } });
    await looked.person.sees('you are not in line any more');
    const look = page.getByRole('switch', { name: 'Keep looking for a person' });
    await looked.show('ai-late');
    expect(await look.isChecked()).toBe(false);
    await look.click();
    await until('a wish', () => door.says.kept.some(({ aiWelcome }) => aiWelcome === 3));
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('[role=switch]')!.checked,
    );
    await looked.person.leave();
  });
});

describe('the tab', () => {
  it('says by a quiet sound and its title that somebody is there, if that is wished', async () => {
    const looked = await Looked.arrive(browser, door.address, ...LOOKS[0]!);
    const { page } = looked.person;
    const sounds = () => page.evaluate(() => (globalThis as unknown as { sounds: number }).sounds);
    await page.evaluate(() => {
      Object.assign(globalThis, { sounds: 0 });
      // The real one takes seconds where there is nothing to sound by.
      globalThis.AudioContext = class {
        constructor() {
          (globalThis as unknown as { sounds: number }).sounds++;
          throw new Error('counted, not heard');
        }
      } as unknown as typeof AudioContext;
    });
    await withAi(looked);
    expect(await sounds()).toBe(0);
    await looked.press('page.sound.off');
    offer();
    await offered(looked).waitFor();
    expect(await sounds()).toBe(1);
    await page.evaluate(() => Object.defineProperty(document, 'hidden', { get: () => true }));
    await looked.press('proposal.no');
    await offered(looked).waitFor({ state: 'detached' });
    saysAi(3, 'Still there?');
    await page.waitForFunction(() => document.title.startsWith('(1) '));
    expect(await sounds()).toBe(2);
    await page.reload();
    await page.getByRole('button', { name: 'Sound is on' }).waitFor();
    await looked.person.leave();
  });
});

describe('an AI peer', () => {
  const arrive = () => Looked.arrive(browser, door.address, ...LOOKS[0]!);

  it('is told apart in words, for eyes and for a screen reader', async () => {
    const looked = await arrive();
    const { page } = looked.person;
    await withAi(looked);
    await looked.person.heading('You are talking with an AI');
    expect(await page.locator('.bubble.ai').innerText()).toMatch(/^AI\n/);
    expect(await page.locator('.bubble.ai .mark svg').count()).toBe(1);
    await page.waitForFunction(() =>
      document.querySelector('[role=status]')?.textContent?.includes('AI: Hello!'),
    );
    expect(await page.title()).toContain('talking with an AI');
    await page.getByRole('button', { name: 'More' }).click();
    expect(await page.getByRole('button', { name: 'Never meet again' }).count()).toBe(0);
    await looked.person.leave();
  });

  it('is left by nobody: who is almost there waits on, when nothing more is told', async () => {
    const looked = await arrive();
    await inLine(looked);
    await looked.person.page.clock.install();
    tell({ case: 'peerAsked', value: { decidedWithin: seconds(1) } });
    await looked.sees('waiting.asked');
    await looked.person.page.clock.runFor(3_000);
    await looked.sees('waiting.asked.stayed');
    await looked.sees('waiting.level.3');
    await looked.person.leave();
  });

  it('is made welcome or not while waiting', async () => {
    const looked = await arrive();
    const { page } = looked.person;
    await inLine(looked);
    tell({ case: 'waiting', value: { level: 3, aiIn: seconds(6) } });
    await looked.person.sees('may join you');
    await page.getByLabel('If nobody is there').selectOption('I wait for a person');
    await until('a wish', () => door.says.kept.some(({ aiWelcome }) => aiWelcome === 1));
    await page.getByText('may join you').waitFor({ state: 'detached' });
    await looked.person.leave();
  });

  it('leaves nobody in line who ends the conversation', async () => {
    const looked = await arrive();
    await withAi(looked);
    await looked.press('talk.more');
    await looked.press('talk.leave');
    await until('a cancelled ticket', () => door.says.cancelled.includes(TICKET));
    await looked.person.leave();
  });

  it('that says goodbye leads back into line, or to the end', async () => {
    const looked = await arrive();
    await withAi(looked, false);
    const end = { reason: EndReason.LEFT, next: Next.STOP };
    door.says.stream.push({ event: { case: 'end', value: end } });
    await looked.person.sees('The AI said goodbye. Perhaps a person is there now.');
    await looked.show('ai-left');
    await looked.person.leave();
  });
});
