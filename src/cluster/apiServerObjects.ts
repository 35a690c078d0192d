// What the API server keeps of itself in its own store: the service by which pods reach it, and where that leads.
// Models pkg/controlplane/controller/kubernetesservice and pkg/controlplane/reconcilers.
import { isEqual } from '../base/equal.ts';
import { type KubeObject, keyOf } from '../kube/meta.ts';

/** How pods reach the API server; `kubectl get all` lists it in every cluster. */
const API_SERVICE = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'kubernetes', namespace: 'default', labels: { component: 'apiserver', provider: 'kubernetes' } },
  spec: {
    clusterIP: '10.96.0.1',
    clusterIPs: ['10.96.0.1'],
    internalTrafficPolicy: 'Cluster',
    ipFamilies: ['IPv4'],
    ipFamilyPolicy: 'SingleStack',
    ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 6443 }],
    sessionAffinity: 'None',
    type: 'ClusterIP',
  },
};

/** Where that service leads: the one address of the API server itself. */
const API_ENDPOINTS = {
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name: 'kubernetes', namespace: 'default', labels: { 'kubernetes.io/service-name': 'kubernetes' } },
  addressType: 'IPv4',
  endpoints: [{ addresses: ['10.0.255.1'], conditions: { ready: true } }],
  ports: [{ name: 'https', protocol: 'TCP', port: 6443 }],
};

const API_ENDPOINTS_OBJECT = {
  apiVersion: 'v1',
  kind: 'Endpoints',
  metadata: { name: 'kubernetes', namespace: 'default', labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' } },
  subsets: [{ addresses: [{ ip: '10.0.255.1' }], ports: [{ name: 'https', port: 6443, protocol: 'TCP' }] }],
};

/** Whether it is that service as the server keeps it: it brings its address. */
export function isApiService(object: KubeObject): boolean {
  return keyOf(object) === keyOf(API_SERVICE) && isEqual(object.spec, API_SERVICE.spec);
}

export const apiServerObjects: readonly [service: KubeObject, slice: KubeObject, endpoints: KubeObject] = [
  API_SERVICE,
  API_ENDPOINTS,
  API_ENDPOINTS_OBJECT,
];
