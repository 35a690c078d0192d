// Bad input: a clear message, nothing lost, nothing executed.
import { expect, test } from '@playwright/test';
import { deployment, openApp, paste, podKeys } from './app.ts';

const refusals: Record<string, { readonly text: string; readonly words: RegExp; readonly line?: number }> = {
  'YAML that does not parse': {
    text: 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n bad: [1\n',
    words: /yaml: line 4: did not find expected key/,
    line: 5,
  },
  'a kind that does not exist': {
    text: 'apiVersion: v1\nkind: Potato\nmetadata:\n  name: a\n',
    words: /no matches for kind "Potato" in version "v1"/,
  },
  'an unknown field': { text: deployment().replace('replicas:', 'replikas:'), words: /unknown field "spec.replikas"/, line: 6 },
  'a selector that does not match': {
    text: deployment().replace('app: shop\n  template', 'app: other\n  template'),
    words: /`selector` does not match template `labels`/,
  },
  'a quantity that is none': { text: deployment().replace('100m', 'lots'), words: /quantities must match the regular expression/ },
  'a name with a script in it': {
    text: deployment().replace('name: shop', 'name: "<img src=x onerror=document.title=1>"'),
    words: /a lowercase RFC 1123/,
  },
};

for (const [name, { text, words, line }] of Object.entries(refusals)) {
  test(`refuses ${name} and keeps the world`, async ({ page }) => {
    await openApp(page, { scenario: 'cookie-cutter', at: 20_000, play: 0 });
    const [before, title] = [await podKeys(page), await page.title()];
    await paste(page, text);
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('alert')).toContainText(words);
    if (line) await expect(dialog).toContainText(`Line ${line}`);
    await expect(dialog.getByRole('textbox')).toHaveValue(text);
    await dialog.getByRole('button', { name: 'Close' }).click();
    expect(await podKeys(page)).toEqual(before);
    expect(await page.title()).toBe(title);
  });
}

test('refuses more than 10 MB without reading it', async ({ page }) => {
  await openApp(page, { scenario: 'empty', play: 0 });
  await paste(page, `kind: Pod\n${'# padding\n'.repeat(1_100_000)}`);
  await expect(page.getByText(/More than 10 MB is not read/)).toBeVisible();
});

test('opens with a clear message when the address is wrong', async ({ page }) => {
  await page.goto('?scenario=nowhere&seed=minus&at=soon&theme=pink');
  await expect(page.getByText(/scenario=nowhere in the address is not understood/)).toBeVisible();
  await expect(page.locator('[data-stage] svg')).toBeVisible();
});
