// Fields with owners, as "Server-Side Apply" has them.
import { describe, expect, it } from 'vitest';
import { testTerminal } from './testTerminal.ts';

const map = (data: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cm}\ndata: ${data}\n`;

function terminal() {
  const { kubectl } = testTerminal();
  return (line: string, stdin?: string) => {
    const { stdout, stderr } = kubectl(line, stdin);
    return stderr + stdout;
  };
}
const data = "get cm cm -o jsonpath='{.data}'";
const apply = 'apply --server-side -f -';

describe('server-side apply', () => {
  it('refuses a field of another manager, unless forced', () => {
    const said = terminal();
    expect(said(apply, map('{a: "1", b: "2"}'))).toBe('configmap/cm serverside-applied\n');
    const refused = said(`${apply} --field-manager=other`, map('{a: "3"}'));
    expect(refused).toMatch(/^error: Apply failed with 1 conflict: conflict with "kubectl": \.data\.a\nPlease review the fields above--/);
    expect(refused.endsWith('See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts\n')).toBe(true);
    expect(said(`${apply} --field-manager=other`, map('{a: "3", b: "4"}'))).toContain(
      'Apply failed with 2 conflicts: conflicts with "kubectl":\n- .data.a\n- .data.b\n',
    );
    expect(said(`${apply} --field-manager=other --force-conflicts`, map('{a: "3"}'))).toBe('configmap/cm serverside-applied\n');
    expect(said(data)).toBe('{"a":"3","b":"2"}');
    expect(said(apply, map('{b: "2"}'))).toBe('configmap/cm serverside-applied\n');
    expect(said(data)).toBe('{"a":"3","b":"2"}');
    const managers = said("get cm cm -o jsonpath='{range .metadata.managedFields[*]}{.manager} {.operation} {.fieldsV1};{end}'");
    expect(managers.split(';').sort()).toEqual(['', 'kubectl Apply {"f:data":{"f:b":{}}}', 'other Apply {"f:data":{"f:a":{}}}']);
  });

  it('lets both own what they agree on, and takes away what nobody wants any more', () => {
    const said = terminal();
    said(apply, map('{a: "1", b: "2", c: "3"}'));
    expect(said(`${apply} --field-manager=other`, map('{a: "1"}'))).toBe('configmap/cm serverside-applied\n');
    said(apply, map('{b: "2"}'));
    expect(said(data)).toBe('{"a":"1","b":"2"}');
  });

  it('knows who changed a field in another way', () => {
    const said = terminal();
    said(apply, map('{a: "1", b: "2"}'));
    said(`patch cm cm -p '{"data":{"a":"9"}}'`);
    expect(said(apply, map('{a: "1", b: "2"}'))).toContain('conflict with "kubectl-patch" using v1: .data.a\n');
    expect(said('get cm cm -o yaml')).not.toContain('managedFields');
    expect(said('get cm cm -o yaml --show-managed-fields')).toMatch(
      /managedFields:\n {2}- apiVersion: v1\n {4}fieldsType: FieldsV1\n {4}fieldsV1:\n {6}f:data:\n {8}f:b: {}\n {4}manager: kubectl\n {4}operation: Apply\n/,
    );
  });

  it('does not hear what a manifest says of managers', () => {
    const said = terminal();
    const claimed = map('{a: "1"}').replace(
      'name: cm',
      'name: cm, managedFields: [{apiVersion: v1, fieldsType: FieldsV1, fieldsV1: {"k:no": {}}, manager: x, operation: Apply}]',
    );
    said('create -f -', claimed);
    expect(said(apply, map('{a: "2"}'))).toContain('conflict with "kubectl-create" using v1: .data.a\n');
    said('replace -f -', claimed);
    expect(said("get cm cm -o jsonpath='{.metadata.managedFields}'")).not.toContain('k:no');
  });

  it('goes by the keys of lists, and takes over what kubectl applied from its own side', () => {
    const said = terminal();
    const pod = (image: string) => `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: web, image: ${image}}]}\n`;
    said('apply -f -', pod('nginx:1'));
    expect(said(`${apply} --field-manager=other`, pod('nginx:2'))).toContain(
      'conflict with "kubectl-client-side-apply" using v1: .spec.containers[name="web"].image\n',
    );
    expect(said(apply, pod('nginx:2'))).toBe('pod/p serverside-applied\n');
    expect(said("get pod p -o jsonpath='{.spec.containers[*].image}'")).toBe('nginx:2');
  });

  it('tells ports apart by their protocol too, where a patch goes by the number alone', () => {
    const said = terminal();
    const service = (ports: string) =>
      `apiVersion: v1\nkind: Service\nmetadata: {name: dns}\nspec: {selector: {app: dns}, ports: ${ports}}\n`;
    const both = '[{name: tcp, port: 53, protocol: TCP}, {name: udp, port: 53, protocol: UDP}]';
    const ports = "get svc dns -o jsonpath='{range .spec.ports[*]}{.name} {.targetPort};{end}'";
    said(apply, service(both));
    expect(said(`${apply} --field-manager=other`, service('[{name: other, port: 53, protocol: UDP}]'))).toContain(
      '.spec.ports[port=53,protocol="UDP"].name\n',
    );
    expect(said(apply, service('[{name: udp, port: 53, protocol: UDP}]'))).toBe('service/dns serverside-applied\n');
    expect(said(ports)).toBe('udp 53;');
    said(apply, service(both));
    said(`patch svc dns -p '{"spec":{"ports":[{"port":53,"targetPort":5353}]}}'`);
    expect(said(ports)).toBe('tcp 5353;udp 53;');
  });
});
