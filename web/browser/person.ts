/** A person at the page: what a story can do and see. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core';
import { expect } from 'vitest';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const CHROMIUMS = ['/usr/lib/chromium/chromium-headless-shell', '/usr/lib/chromium/chromium'];

/** Accessibility: everything up to WCAG 2.2 AA. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Never the wrapper in /usr/bin, which prints on stderr. */
export function launch(): Promise<Browser> {
  const path = process.env['PARLEY_CHROMIUM'] ?? CHROMIUMS.find(exists);
  if (path === undefined) throw new Error('no Chromium: apt-get install chromium-headless-shell');
  return chromium.launch({ executablePath: path, chromiumSandbox: false });
}

const AI = {
  never: 'I wait for a person',
  instead: 'an AI instead',
  meanwhile: 'an AI until a person comes',
} as const;

export interface Wish {
  readonly year?: string;
  /** With a topic nobody else is met than who named it too, however long it takes: each story has its own. */
  readonly tags?: readonly string[];
  readonly widest?: 'anyone';
  readonly ai?: 'never' | 'instead' | 'meanwhile';
}

export class Person {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What must not be: other hosts, refused by policy, uncaught. */
  readonly faults: string[] = [];

  private constructor(context: BrowserContext, page: Page, door: string) {
    this.context = context;
    this.page = page;
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      if (protocol !== 'blob:' && protocol !== 'data:' && origin !== door) {
        this.faults.push(`a request to ${request.url()}`);
      }
    });
    page.on('pageerror', (error) => this.faults.push(`uncaught: ${error.message}`));
    page.on('console', (message) => {
      const text = message.text();
      if (/Content.Security.Policy|TrustedHTML|Refused to/i.test(text)) this.faults.push(text);
    });
  }

  static async arrive(
    browser: Browser,
    door: string,
    how: BrowserContextOptions = {},
  ): Promise<Person> {
    const context = await browser.newContext({ locale: 'en-GB', ...how });
    return Person.inTab(context, door);
  }

  /** Another tab of the same person. */
  static async inTab(context: BrowserContext, door: string): Promise<Person> {
    const page = await context.newPage();
    page.setDefaultTimeout(40_000);
    const person = new Person(context, page, door);
    await page.goto(door);
    return person;
  }

  async wish({ year = '1990', tags = [], ai = 'never', widest }: Wish = {}): Promise<void> {
    await this.page.getByLabel('Year of birth').fill(year);
    await this.page.getByLabel('I accept the terms').check();
    await this.page.getByLabel('If nobody is there').selectOption(AI[ai]);
    if (tags.length === 0) return;
    await this.page.getByText('My wishes').click();
    const far = widest === 'anyone' ? 'look for anyone' : 'only people who share a topic';
    await this.page.getByLabel('If nobody fits').selectOption(far);
    for (const tag of tags) {
      await this.page.getByPlaceholder('A topic, such as films').fill(tag);
      await this.page.keyboard.press('Enter');
    }
  }

  async start(): Promise<void> {
    await this.press('Find someone');
  }

  /** In a conversation: there is a text box. */
  async met(): Promise<void> {
    await this.page.getByLabel('Write a message').waitFor();
  }

  async write(text: string): Promise<void> {
    await this.page.getByLabel('Write a message').fill(text);
    await this.page.keyboard.press('Enter');
  }

  async sees(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor();
  }

  async heading(text: string): Promise<void> {
    await this.page.getByRole('heading', { level: 1, name: text }).waitFor();
  }

  /** Everything said, in order, without marks and times. */
  async said(): Promise<string[]> {
    return this.page.locator('.bubble > .words').allTextContents();
  }

  async press(name: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).click();
  }

  async next(): Promise<void> {
    await this.press('Next');
  }

  /** No fault that axe finds on this screen. */
  async isAccessible(screen: string): Promise<void> {
    await this.page.evaluate(AXE);
    const found = await this.page.evaluate((rules) => {
      // axe is not known to the compiler here: it came by the line above.
      const axe = (globalThis as unknown as { axe: { run(...a: unknown[]): Promise<AxeResult> } })
        .axe;
      return axe.run(document, { runOnly: { type: 'tag', values: rules } });
    }, RULES);
    const faults = found.violations.map(
      ({ id, nodes }) => `${screen}: ${id} at ${nodes.map(({ html }) => html).join(' | ')}`,
    );
    expect(faults).toEqual([]);
  }

  async picture(name: string): Promise<void> {
    await this.page.screenshot({
      path: `target/pictures/${name}.png`,
      animations: 'disabled',
      fullPage: true,
    });
  }

  async leave(): Promise<void> {
    expect(this.faults).toEqual([]);
    await this.context.close();
  }
}

interface AxeResult {
  readonly violations: { id: string; nodes: { html: string }[] }[];
}

function exists(path: string): boolean {
  try {
    readFileSync(path, { flag: 'r' }).subarray(0, 1);
    return true;
  } catch {
    return false;
  }
}
