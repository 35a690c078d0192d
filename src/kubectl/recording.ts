// --record: what is written also says, in an annotation, by which command.
// Models cli-runtime/pkg/genericclioptions/record_flags.go ChangeCauseRecorder.
import type { ApiRequest } from '../cluster/intents.ts';
import type { KubeObject } from '../kube/meta.ts';
import { mergePatch } from '../kube/patch.ts';
import type { Client } from './command.ts';

const CHANGE_CAUSE = 'kubernetes.io/change-cause';

/** The same client, whose writes carry `cause`. What a person patches is sent as it is, and `cause` after it; other changes carry it along. */
export function recording(client: Client, cause: string): Client {
  const isPatch = cause.startsWith('kubectl patch ');
  const annotations = { [CHANGE_CAUSE]: cause };
  const annotated = (object: KubeObject): KubeObject => ({
    ...object,
    metadata: { ...object.metadata, annotations: { ...object.metadata.annotations, ...annotations } },
  });
  const request = (asked: ApiRequest): KubeObject => {
    switch (asked.verb) {
      case 'create':
      case 'update':
        return client.request({ ...asked, object: annotated(asked.object) });
      case 'patch': {
        const note = { metadata: { annotations } };
        if (!isPatch && asked.type !== 'json' && asked.subresource === undefined)
          return client.request({ ...asked, patch: mergePatch(asked.patch, note) });
        const patched = client.request(asked);
        if (asked.dryRun) return patched;
        const { kind, namespace, name } = asked;
        return client.request({ verb: 'patch', kind, namespace, name, type: 'merge', patch: note });
      }
      default:
        return client.request(asked);
    }
  };
  return {
    ...client,
    request,
    get nowMs() {
      return client.nowMs;
    },
  };
}
