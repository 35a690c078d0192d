// kubectl describe of ConfigMap and Secret. Models kubectl/pkg/describe/describe.go ConfigMapDescriber, describeSecret.
import type { KubeObject, StringMap } from '../../kube/meta.ts';
import { describeEvents } from './events.ts';
import type { Page, Surroundings } from './page.ts';

interface Keyed extends KubeObject {
  readonly type?: string;
  readonly data?: StringMap;
  readonly binaryData?: StringMap;
}

export function describeConfigMap(map: Keyed, page: Page, around: Surroundings): void {
  describeHead(map, page);
  page.line(0, '\nData\n====');
  for (const key of Object.keys(map.data ?? {}).sort()) page.line(0, `${key}:\n----\n${map.data?.[key]}\n`);
  page.line(0, '\nBinaryData\n====');
  for (const key of Object.keys(map.binaryData ?? {}).sort()) page.line(0, `${key}: ${bytesOf(map.binaryData?.[key])} bytes`);
  page.line(0, '');
  describeEvents(map, page, around);
}

export function describeSecret(secret: Keyed, page: Page): void {
  describeHead(secret, page);
  page.line(0, `\nType:\t${secret.type ?? 'Opaque'}`);
  page.line(0, '\nData\n====');
  for (const key of Object.keys(secret.data ?? {}).sort()) page.line(0, `${key}:\t${bytesOf(secret.data?.[key])} bytes`);
}

function describeHead({ metadata }: KubeObject, page: Page): void {
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace ?? '');
  page.labels('Labels', metadata.labels);
  page.annotations('Annotations', metadata.annotations);
}

/** How many bytes a base64 text stands for. */
function bytesOf(base64: string | undefined): number {
  const text = (base64 ?? '').replace(/\s/g, '');
  return Math.floor((text.replace(/=+$/, '').length * 3) / 4);
}
