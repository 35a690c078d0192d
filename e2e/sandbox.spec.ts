// The main journey: paste, watch, break, edit.
import { expect, test } from '@playwright/test';
import { deployment, kubectl, objects, openApp, paste, podKeys } from './app.ts';

test('a pasted Deployment is cut, scheduled and becomes ready', async ({ page }) => {
  await openApp(page, { scenario: 'empty', play: 1, speed: 10 });
  await paste(page, deployment(3));
  await expect(objects(page, /^shop-.*ready.*on node-/)).toHaveCount(3, { timeout: 20_000 });
  expect(await kubectl(page, 'kubectl get deploy shop --no-headers')).toContain('3/3');
  expect(await kubectl(page, 'kubectl get pods --no-headers | grep -c shop-')).toBe('3\n');
});

test('the pods of a node that falls silent are replaced on other nodes, and keep their old names until it is back', async ({ page }) => {
  await openApp(page, { scenario: 'empty', play: 1, speed: 100 });
  await paste(page, deployment(3));
  await expect(objects(page, /^shop-.*ready.*on node-/)).toHaveCount(3, { timeout: 20_000 });
  const before = await podKeys(page);
  await objects(page, 'node-b').focus();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: /Silence the kubelet/ }).click();
  await expect(objects(page, /^node-b.*NotReady/)).toHaveCount(1, { timeout: 20_000 });
  // 300 s of patience at 100x.
  await expect.poll(async () => (await podKeys(page)).length, { timeout: 30_000 }).toBe(4);
  const after = await podKeys(page);
  expect(after).toEqual(expect.arrayContaining(before));
});

test('editing a ReplicaSet template changes the cutter and no cookie', async ({ page }) => {
  await openApp(page, { scenario: 'cookie-cutter', at: 20_000, play: 0 });
  const before = await podKeys(page);
  expect(before).toHaveLength(3);
  await kubectl(page, 'kubectl set image rs/web web=nginx:2.0');
  await page.getByRole('button', { name: 'Play' }).click();
  await page.getByRole('button', { name: '10×' }).click();
  await page.waitForTimeout(1500);
  await page.getByRole('button', { name: 'Pause' }).click();
  expect(await podKeys(page)).toEqual(before);
  await expect(objects(page, /^web-.*cut from A/)).toHaveCount(3);
  await kubectl(page, `kubectl delete pod ${before[0]?.split('/')[2]} --wait=false`);
  await page.getByRole('button', { name: 'Play' }).click();
  await expect(objects(page, /^web-.*cut from B.*ready/)).toHaveCount(1, { timeout: 20_000 });
  await expect(objects(page, /^web-.*cut from A/)).toHaveCount(2);
});

test('a pod edited by hand keeps the edit, and its container restarts in place', async ({ page }) => {
  await openApp(page, { scenario: 'cookie-cutter', at: 20_000, play: 1, speed: 10 });
  const [key = ''] = await podKeys(page);
  const name = key.split('/')[2] ?? '';
  await kubectl(page, `kubectl set image pod/${name} web=nginx:9.9`);
  await expect
    .poll(() => kubectl(page, `kubectl get pod ${name} -o jsonpath={.status.containerStatuses[0].restartCount}`), { timeout: 20_000 })
    .toBe('1');
  expect(await kubectl(page, `kubectl get pod ${name} -o jsonpath={.spec.containers[0].image}`)).toBe('nginx:9.9');
  expect(await podKeys(page)).toContain(key);
});

test('every action prints its kubectl line, and its slip stays for whoever is at it', async ({ page }) => {
  await page.clock.install();
  await openApp(page, { scenario: 'cookie-cutter', at: 20_000, play: 0 });
  await objects(page, 'node-a').focus();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: /Cordon/ }).click();
  await expect(page.getByRole('button', { name: /the terminal/ }).first()).toContainText('kubectl cordon node-a');
  await expect(objects(page, /^node-a.*cordoned/)).toHaveCount(1);
  const undo = page.getByRole('button', { name: 'Undo', exact: true });
  await undo.focus();
  await page.clock.fastForward(12_000);
  await expect(undo).toBeFocused();
  await undo.blur();
  await page.clock.fastForward(12_000);
  await expect(undo).toHaveCount(0);
});

test('what the server refuses in the editor is said in its words, and the text is kept', async ({ page }) => {
  await openApp(page, { scenario: 'cookie-cutter', at: 20_000, play: 0 });
  const [key = ''] = await podKeys(page);
  await objects(page, key.split('/')[2] ?? '').focus();
  await page.keyboard.press('Space');
  await page.getByRole('tab', { name: 'YAML' }).click();
  const editor = page.getByRole('textbox', { name: /^YAML of/ });
  await editor.locator('.cm-line', { hasText: 'containerPort: 80' }).click();
  await page.keyboard.press('End');
  await page.keyboard.type('81');
  await expect(page.getByRole('status').filter({ hasText: 'pod updates may not change fields other than' })).toBeVisible();
  await expect(editor).toContainText('containerPort: 8081');
});

test('a template saved in the editor changes the cutter', async ({ page }) => {
  await openApp(page, { scenario: 'cookie-cutter', at: 20_000, play: 0 });
  await objects(page, /^web, ReplicaSet/).focus();
  await page.keyboard.press('Space');
  await page.getByRole('tab', { name: 'Template' }).click();
  const editor = page.getByRole('textbox', { name: /^Template of/ });
  await editor.locator('.cm-line', { hasText: 'nginx:1.25' }).click();
  await page.keyboard.press('End');
  await page.keyboard.type('.9');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('button', { name: /the terminal/ }).first()).toContainText('kubectl replace -f -');
  expect(await kubectl(page, 'kubectl get rs web -o jsonpath={.spec.template.spec.containers[0].image}')).toBe('nginx:1.25.9');
});
