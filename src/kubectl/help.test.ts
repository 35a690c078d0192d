import { describe, expect, it } from 'vitest';
import { testTerminal } from './testTerminal.ts';

const { kubectl } = testTerminal();
const GLOBAL = 'Use "kubectl options" for a list of global command-line options (applies to all commands).\n';

describe('help', () => {
  it('groups the commands as kubectl does', () => {
    const { stdout } = kubectl('');
    expect(stdout).toMatch(/^kubectl controls the Kubernetes cluster manager\.\n\n Find more information at: https:/);
    expect(stdout).toMatch(/\n\nDeploy Commands:\n {2}rollout {5}Manage the rollout of a resource\n/);
    expect(stdout.endsWith(GLOBAL)).toBe(true);
  });

  it('of a command names its examples, options and usage, in this order', () => {
    const { stdout } = kubectl('label --help');
    const places = ['\nExamples:\n', '\nOptions:\n', '\nUsage:\n  kubectl label ', GLOBAL].map((text) => stdout.indexOf(text));
    expect(places.every((place, i) => place > (places[i - 1] ?? 0))).toBe(true);
  });

  it('of a group names its commands', () => {
    expect(kubectl('rollout -h').stdout).toContain(
      '\nUsage:\n  kubectl rollout SUBCOMMAND [options]\n\nUse "kubectl rollout <command> --help" for more information about a given command.\n',
    );
    expect(kubectl('options').stdout).toMatch(/^The following options can be passed to any command:\n\n {4}-n, --namespace='':\n/);
  });

  it('comes with the mistake of create without anything', () => {
    const { stderr, exitCode } = kubectl('create');
    expect(stderr).toMatch(/^Error: must specify one of -f and -k\n\nCreate a resource from a file or from stdin\.\n\nExamples:/);
    expect(exitCode).toBe(1);
  });
});

describe('kubectl certificate', () => {
  it('says of a request whether it may be signed', () => {
    const terminal = testTerminal();
    const said = (line: string, stdin?: string) => {
      const { stdout, stderr } = terminal.kubectl(line, stdin);
      return stderr + stdout;
    };
    said(
      'apply -f -',
      `apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata: {name: myuser}
spec: {request: YWJj, signerName: kubernetes.io/kube-apiserver-client, expirationSeconds: 86400, usages: [client auth]}
`,
    );
    expect(said('get csr')).toMatch(/^NAME +AGE +SIGNERNAME .*\nmyuser +0s +kubernetes.io\/kube-apiserver-client +admin +24h +Pending\n$/);
    expect(said('certificate approve myuser')).toBe('certificatesigningrequest.certificates.k8s.io/myuser approved\n');
    expect(said("get csr myuser -o jsonpath='{.status.conditions[0].type} {.status.conditions[0].reason}'")).toBe(
      'Approved KubectlApprove',
    );
    expect(said('certificate deny myuser')).toBe('error: certificate signing request "myuser" is already Approved\n');
    expect(said('certificate deny')).toBe('error: one or more CSRs must be specified as <name> or -f <filename>\n');
  });
});
