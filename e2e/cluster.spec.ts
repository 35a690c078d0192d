// A real cluster becomes a world: what kubectl printed of it is opened, told about, acted in, saved and opened again.
import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { exampleCluster } from '../src/scenario/imported/exampleCluster.ts';
import { kubectl, openApp } from './app.ts';

const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: exampleCluster() }, undefined, 2);

async function drop(page: Page, name: string, content: Buffer): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([file, base64]) => {
      const moved = new DataTransfer();
      const bytes = Uint8Array.from(atob(base64 ?? ''), (letter) => letter.charCodeAt(0));
      moved.items.add(new File([bytes], file ?? ''));
      return moved;
    },
    [name, content.toString('base64')],
  );
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
}

test('a cluster is dropped, told about, opened, acted in, saved and opened again', async ({ page }) => {
  await openApp(page, { scenario: 'empty', play: 0 });
  await drop(page, 'cluster.json', Buffer.from(text));
  const dialog = page.getByRole('dialog', { name: 'A cluster' });
  await expect(dialog).toContainText('4 nodes');
  await expect(dialog).toContainText('Rollout (argoproj.io/v1alpha1): 1');
  await expect(dialog).toContainText('PersistentVolume: 2');
  await dialog.getByRole('button', { name: 'Open as a world' }).click();
  await expect(page.getByRole('button', { name: /^Imported cluster/ })).toBeVisible();
  expect(await kubectl(page, 'kubectl get nodes')).toContain('worker-gone   NotReady');
  expect(await kubectl(page, 'kubectl get pods -n shop')).toMatch(/db-0 +1\/1 +Running +0 +4d23h|db-0 +1\/1 +Running +0 +5d/);
  await kubectl(page, 'kubectl delete pod db-0 -n shop --wait=false');
  await page.getByRole('button', { name: 'Share' }).first().click();
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save file' }).click();
  const file = readFileSync(await (await saved).path());
  await page.keyboard.press('Escape');
  await page.goto('?scenario=empty&play=0');
  await drop(page, 'world.podarium', file);
  await expect(page.getByRole('button', { name: /^Imported cluster/ })).toBeVisible();
  expect(await kubectl(page, 'kubectl get pods -n shop')).toMatch(/db-0 +1\/1 +Terminating/);
});

test('a text that is cut off or no cluster says so', async ({ page }) => {
  await openApp(page, { scenario: 'empty', play: 0, lang: 'ko' });
  await drop(page, 'cut.json', Buffer.from(text.slice(0, text.length >> 1)));
  await expect(page.getByRole('dialog')).toContainText('텍스트가 중간에 잘렸습니다');
  await page.keyboard.press('Escape');
  await drop(page, 'broken.podarium', Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]));
  await expect(page.getByText('세계 파일이 아니거나 손상되었습니다.')).toBeVisible();
});
