// kubectl config, as the pages about namespaces and contexts use it.
import { describe, expect, it } from 'vitest';
import { testTerminal } from './testTerminal.ts';

describe('kubectl config', () => {
  const { kubectl } = testTerminal();
  const said = (line: string) => {
    const { stdout, stderr } = kubectl(line);
    return `${stdout}${stderr}`;
  };
  kubectl('create namespace shop');

  it.each([
    ['config current-context', 'admin@podarium\n'],
    ['config set-context --current --namespace=shop', 'Context "admin@podarium" modified.\n'],
    ['get pods', 'No resources found in shop namespace.\n'],
    ['get pods -n default', 'No resources found in default namespace.\n'],
    ['run a --image=nginx', 'pod/a created\n'],
    ['get pods -A -o jsonpath={.items[*].metadata.namespace}', 'shop'],
    ["config view --minify -o jsonpath='{..namespace}'", 'shop'],
    ['config set-context dev --cluster=podarium --user=admin --namespace=dev', 'Context "dev" created.\n'],
    [
      'config get-contexts',
      `CURRENT   NAME             CLUSTER    AUTHINFO   NAMESPACE
*         admin@podarium   podarium   admin      shop
          dev              podarium   admin      dev
`,
    ],
    ['config use-context dev', 'Switched to context "dev".\n'],
    ['get pods', 'No resources found in dev namespace.\n'],
    ['--context admin@podarium get pods -o name', 'pod/a\n'],
    ['--context nowhere get pods', 'error: context "nowhere" does not exist\n'],
    ['config use-context nowhere', 'error: no context exists with the name: "nowhere"\n'],
    ['config rename-context dev test', 'Context "dev" renamed to "test".\n'],
    [
      'config delete-context test',
      'deleted context test from /root/.kube/config\nwarning: this removed your active context, use "kubectl config use-context" to select a different one\n',
    ],
    ['get pods', 'The connection to the server localhost:8080 was refused - did you specify the right host or port?\n'],
    ['config use-context admin@podarium', 'Switched to context "admin@podarium".\n'],
    ['config unset contexts.admin@podarium.namespace', 'Property "contexts.admin@podarium.namespace" unset.\n'],
    ['get pods', 'No resources found in default namespace.\n'],
    ['config set-credentials kubeuser --username=kubeuser --password=kubepassword', 'User "kubeuser" set.\n'],
    ["config view -o jsonpath='{.users[*].user.password}'", 'REDACTED'],
    ['config get-users', 'NAME\nadmin\nkubeuser\n'],
  ])('%s', (line, words) => expect(said(line)).toBe(words));
});
