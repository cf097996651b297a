/** The main path in a second browser: Firefox by WebDriver BiDi, its own, without any driver beside it. */
import { existsSync } from 'node:fs';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

const FIREFOX = process.env['PARLEY_FIREFOX'] ?? '/usr/lib/firefox-esr/firefox-esr';
const PATIENCE = 40_000;

class Visitor {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
    page.setDefaultTimeout(PATIENCE);
  }

  static async arrive(browser: Browser): Promise<Visitor> {
    const context = await browser.createBrowserContext();
    const visitor = new Visitor(await context.newPage());
    await visitor.page.goto(inject('door'));
    return visitor;
  }

  /** Two windows of one Firefox: what lies behind is hidden, and draws nothing. */
  async start(): Promise<void> {
    await this.page.bringToFront();
    await this.page.locator('#year').fill('1990');
    await this.page.locator('#terms').click();
    await this.page.select('.wish select', '1');
    await this.page.locator('summary').click();
    await this.page.locator('#tag').fill('foxes');
    await this.page.focus('#tag');
    await this.page.keyboard.press('Enter');
    await this.page.select('#wider', '1');
    await this.page.locator('button[type=submit]').click();
  }

  async met(): Promise<void> {
    await this.page.waitForSelector('textarea');
  }

  async write(text: string): Promise<void> {
    await this.page.bringToFront();
    await this.page.focus('textarea');
    await this.page.keyboard.type(text);
    await this.page.keyboard.press('Enter');
  }

  async said(): Promise<string[]> {
    return this.page.$$eval('.bubble > .words', (all) => all.map((each) => each.textContent ?? ''));
  }

  async sees(...words: string[]): Promise<void> {
    const shown = (wanted: string[]) => {
      const said = [...document.querySelectorAll('.bubble > .words')].map((p) => p.textContent);
      return JSON.stringify(said) === JSON.stringify(wanted);
    };
    await this.page.waitForFunction(shown, { polling: 100 }, words);
  }
}

describe.skipIf(!existsSync(FIREFOX))('in Firefox', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: FIREFOX,
      headless: true,
      extraPrefsFirefox: { 'intl.accept_languages': 'en-GB,en' },
    });
  });

  afterAll(() => browser.close());

  it('two meet, talk, reload, and part', async () => {
    const anna = await Visitor.arrive(browser);
    const ben = await Visitor.arrive(browser);
    await anna.start();
    await ben.start();
    await Promise.all([anna.met(), ben.met()]);
    await anna.write('hello from a fox');
    await ben.sees('hello from a fox');
    await ben.page.reload();
    await ben.met();
    await ben.write('hello back');
    await anna.sees('hello from a fox', 'hello back');
    expect(await ben.said()).toEqual(['hello from a fox', 'hello back']);
    await anna.page.waitForSelector('.me .mark.stored, .me .mark.read');
    await anna.page.bringToFront();
    await anna.page.keyboard.press('Escape');
    await anna.page.keyboard.press('Escape');
    await ben.page.waitForSelector('::-p-text(Your peer moved on)');
  });
});
