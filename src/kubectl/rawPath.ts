// What the API server answers to a path of its own: `kubectl get --raw`. Models apiserver's healthz, version, discovery and the paths
// of objects and lists. Leaves out metrics, OpenAPI and what a path's query asks for.
import { kindsOf } from '../kube/custom/served.ts';
import { ApiError } from '../kube/errors.ts';
import { goJson } from '../kube/goText.ts';
import { groupOf, type Kind, verbsOf } from '../kube/kind.ts';
import type { KubeObject } from '../kube/meta.ts';
import { getObject, listObjects } from './resources.ts';
import type { VerbContext } from './verb.ts';
import { serverVersion } from './versions.ts';

const HEALTH = ['/healthz', '/livez', '/readyz'];

/** The body of the answer. Throws NotFound. */
export function answerTo(given: string, ctx: VerbContext): string {
  const path = given.replace(/\?.*$/, '').replace(/(?<=.)\/$/, '');
  if (HEALTH.includes(path)) return 'ok';
  if (path === '/version') return JSON.stringify(serverVersion, undefined, 2);
  if (path === '/api') return goJson({ kind: 'APIVersions', versions: ['v1'] });
  if (path === '/apis') return goJson({ apiVersion: 'v1', groups: groups(ctx), kind: 'APIGroupList' });
  const object = objectsAt(path, ctx);
  if (!object) throw new ApiError('NotFound', 'the server could not find the requested resource');
  return goJson(object);
}

function groups(ctx: VerbContext): readonly object[] {
  const versions = [...new Set(kindsOf(ctx.client.snapshot()).all.map(({ apiVersion }) => apiVersion))]
    .filter((version) => version.includes('/'))
    .sort();
  return versions.map((groupVersion) => {
    const [name, version] = groupVersion.split('/');
    return { name, preferredVersion: { groupVersion, version }, versions: [{ groupVersion, version }] };
  });
}

/** `/api/v1/pods`, `/apis/apps/v1/namespaces/shop/deployments/web`, `/apis/apps/v1`. */
function objectsAt(path: string, ctx: VerbContext): object | undefined {
  const parts = /^\/(?:api\/(v1)|apis\/([^/]+\/[^/]+))(?:\/(.+))?$/.exec(path);
  const apiVersion = parts?.[1] ?? parts?.[2];
  if (!parts || !apiVersion) return undefined;
  const served = kindsOf(ctx.client.snapshot()).all.filter((kind) => kind.apiVersion === apiVersion);
  if (served.length === 0) return undefined;
  if (parts[3] === undefined) return resourceList(apiVersion, served);
  const words = parts[3].split('/');
  const namespace = words[0] === 'namespaces' && words.length > 2 ? words[1] : undefined;
  const [plural, name, ...more] = namespace === undefined ? words : words.slice(2);
  const kind = served.find((each) => each.plural === plural);
  if (!kind || more.length > 0 || (namespace !== undefined && !kind.namespaced)) return undefined;
  if (name !== undefined) return getObject(kind, namespace, name, ctx);
  const items = listObjects(kind, namespace, ctx).map(({ apiVersion: _version, kind: _kind, ...rest }: KubeObject) => rest);
  return { apiVersion, items, kind: `${kind.kind}List`, metadata: { resourceVersion: String(ctx.client.snapshot().seq) } };
}

function resourceList(groupVersion: string, served: readonly Kind[]): object {
  const resources = served.map(({ kind, plural, singular, namespaced, shortNames, verbs }) => {
    const names = shortNames.length > 0 ? { shortNames } : {};
    return { kind, name: plural, namespaced, ...names, singularName: singular, verbs: verbsOf({ verbs }) };
  });
  return { ...(groupOf(groupVersion) ? { apiVersion: 'v1' } : {}), groupVersion, kind: 'APIResourceList', resources };
}
