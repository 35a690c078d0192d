import { describe, expect, it } from 'vitest';
import { mistakeIn } from './mistakeIn.ts';

describe('mistakeIn', () => {
  const lines: Record<string, string | undefined> = {
    'kubectl delet pod web': 'unknown command "delet" for "kubectl" Did you mean this? delete',
    'kubectl rollout retsart deployment/web': 'unknown command "retsart deployment/web" See \'kubectl rollout -h\' for help and examples',
    'kubectl scale deployment/web --replica=3': "unknown flag: --replica See 'kubectl scale --help' for usage.",
    'kubectl scale deployment/web': 'required flag(s) "replicas" not set',
    'kubectl get deploymints': 'the server doesn\'t have a resource type "deploymints"',
    'kubectl label pod/web podd/db a=b': 'the server doesn\'t have a resource type "podd"',
    'kubectl delete pod': 'resource(s) were provided, but no name was specified',
    'kubectl apply -f -': 'no objects passed to apply',
    'kubectl get pods,deploy,all -o wide': undefined,
    'kubectl set image rs/web web=nginx:1.27': undefined,
    'kubectl wait --for=condition=Ready pod -l app=web --timeout=60s': undefined,
    'kubectl scale deployment --all --replicas=2': undefined,
    'kubectl exec -it web -- sh -c "echo podd/web"': undefined,
    'kubectl create deployment web --image=nginx': undefined,
    'kubectl top pods': undefined,
    'kubectl logs web -f': undefined,
  };
  for (const [line, mistake] of Object.entries(lines)) {
    it(`says of ${line}: ${mistake ?? 'nothing'}`, () => expect(mistakeIn(line)).toBe(mistake));
  }
});
