// For tests: a made-up cluster as `kubectl get nodes,all,pvc,pdb,hpa -A -o yaml` would print it: a control plane with static pods, daemons, a node
// that fell silent, a rollout's history, claims, jobs, autoscaler, pods that wait, kinds that nobody knows here.
import type { KubeObject, OwnerReference } from '../../kube/meta.ts';

type Fields = Readonly<Record<string, unknown>>;

/** When the text was printed, and moments before it. */
const NOW_MS = Date.UTC(2026, 8, 14, 9, 41, 30);
export const ago = (seconds: number): string => `${new Date(NOW_MS - seconds * 1000).toISOString().slice(0, 19)}Z`;
const DAY = 86_400;

let count = 0;
const uid = (): string =>
  `${(0x9e3779b9 ^ (++count * 2654435761)).toString(16).slice(-8).padStart(8, '0')}-5f1c-4b7e-9d2a-${String(count).padStart(12, '0')}`;

function metadata(name: string, namespace: string | undefined, ageSeconds: number, more: Fields = {}): KubeObject['metadata'] {
  return {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    uid: uid(),
    resourceVersion: String(1_000_000 + count),
    creationTimestamp: ago(ageSeconds),
    ...more,
  } as KubeObject['metadata'];
}

const ownedBy = ({
  apiVersion,
  kind,
  metadata: { name, uid: owner = '' },
}: KubeObject): { readonly ownerReferences: OwnerReference[] } => ({
  ownerReferences: [{ apiVersion, kind, name, uid: owner, controller: true, blockOwnerDeletion: true }],
});

export function node(name: string, { isReady = true, labels = {}, taints = [], allocatable = {} }: Fields = {}): KubeObject {
  const since = isReady ? ago(30 * DAY) : ago(1200);
  const condition = (type: string, status: string, reason: string, message: string) => ({
    type,
    status,
    reason,
    message,
    lastHeartbeatTime: isReady ? ago(40) : ago(1250),
    lastTransitionTime: since,
  });
  const unknown = (type: string) => condition(type, 'Unknown', 'NodeStatusUnknown', 'Kubelet stopped posting node status.');
  const away = [
    { key: 'node.kubernetes.io/unreachable', effect: 'NoSchedule', timeAdded: ago(1200) },
    { key: 'node.kubernetes.io/unreachable', effect: 'NoExecute', timeAdded: ago(1195) },
  ];
  const all = [...(taints as Fields[]), ...(isReady ? [] : away)];
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: metadata(name, undefined, 30 * DAY, {
      labels: { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64', ...(labels as Fields) },
      annotations: { 'node.alpha.kubernetes.io/ttl': '0', 'volumes.kubernetes.io/controller-managed-attach-detach': 'true' },
    }),
    spec: {
      podCIDR: '10.244.1.0/24',
      podCIDRs: ['10.244.1.0/24'],
      providerID: `kind://docker/kind/${name}`,
      ...(all.length > 0 ? { taints: all } : {}),
    },
    status: {
      addresses: [
        { type: 'InternalIP', address: `172.18.0.${2 + name.length}` },
        { type: 'Hostname', address: name },
      ],
      allocatable: {
        cpu: '4',
        'ephemeral-storage': '98831908Ki',
        'hugepages-2Mi': '0',
        memory: '8039936Ki',
        pods: '110',
        ...(allocatable as Fields),
      },
      capacity: {
        cpu: '4',
        'ephemeral-storage': '98831908Ki',
        'hugepages-2Mi': '0',
        memory: '8142336Ki',
        pods: '110',
        ...(allocatable as Fields),
      },
      conditions: isReady
        ? [
            condition('MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'),
            condition('DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'),
            condition('PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'),
            condition('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'),
          ]
        : ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'Ready'].map(unknown),
      daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
      images: [{ names: ['registry.k8s.io/kube-proxy:v1.34.0'], sizeBytes: 73_138_073 }],
      nodeInfo: {
        architecture: 'amd64',
        bootID: '2a1c6ed1-2a5d-4d2e-b1ef-6f7d2e0c8a5a',
        containerRuntimeVersion: 'containerd://2.1.3',
        kernelVersion: '6.8.0-45-generic',
        kubeProxyVersion: '',
        kubeletVersion: 'v1.34.0',
        machineID: '1f5c0d0b8f5d4a61a6a9b4f3ce0f6c11',
        operatingSystem: 'linux',
        osImage: 'Debian GNU/Linux 12 (bookworm)',
        systemUUID: 'c0ffee00-8f5d-4a61-a6a9-b4f3ce0f6c11',
      },
    },
  };
}

export function podSpec(containers: readonly Fields[], more: Fields = {}): Fields {
  return {
    containers: containers.map((container) => ({
      imagePullPolicy: 'IfNotPresent',
      resources: {},
      terminationMessagePath: '/dev/termination-log',
      terminationMessagePolicy: 'File',
      ...container,
    })),
    dnsPolicy: 'ClusterFirst',
    restartPolicy: 'Always',
    schedulerName: 'default-scheduler',
    securityContext: {},
    terminationGracePeriodSeconds: 30,
    ...more,
  };
}

interface PodTraits {
  readonly owner?: KubeObject;
  readonly labels?: Fields;
  readonly annotations?: Fields;
  readonly nodeName?: string;
  readonly age?: number;
  readonly ip?: string;
  readonly state?: 'running' | 'succeeded' | 'pending' | 'crashing' | 'lost';
  readonly restarts?: number;
}

const bound = {
  enableServiceLinks: true,
  preemptionPolicy: 'PreemptLowerPriority',
  priority: 0,
  serviceAccount: 'default',
  serviceAccountName: 'default',
};

export function pod(name: string, namespace: string, template: Fields, traits: PodTraits = {}): KubeObject {
  const { owner, labels = {}, annotations, nodeName, age = 5 * DAY, ip = '10.244.1.7', state = 'running', restarts = 0 } = traits;
  const spec = template as { readonly containers: readonly { readonly name: string; readonly image: string }[] };
  const tolerations = [
    { effect: 'NoExecute', key: 'node.kubernetes.io/not-ready', operator: 'Exists', tolerationSeconds: 300 },
    { effect: 'NoExecute', key: 'node.kubernetes.io/unreachable', operator: 'Exists', tolerationSeconds: 300 },
  ];
  const began = ago(age - 3);
  const condition = (type: string, isTrue: boolean, more: Fields = {}) => ({
    type,
    status: isTrue ? 'True' : 'False',
    lastProbeTime: null,
    lastTransitionTime: state === 'lost' ? ago(1200) : began,
    ...more,
  });
  const isReady = state === 'running';
  const unready = state === 'succeeded' ? { reason: 'PodCompleted' } : isReady ? {} : { reason: 'ContainersNotReady' };
  const stateOf = (id: string): Fields => {
    if (state === 'succeeded') {
      const terminated = { exitCode: 0, reason: 'Completed', startedAt: began, finishedAt: ago(age - 20), containerID: id };
      return { state: { terminated }, lastState: {}, ready: false, started: false };
    }
    if (state === 'crashing') {
      const terminated = { exitCode: 1, reason: 'Error', startedAt: ago(130), finishedAt: ago(128), containerID: id };
      const message = 'back-off 5m0s restarting failed container';
      return { state: { waiting: { reason: 'CrashLoopBackOff', message } }, lastState: { terminated }, ready: false, started: false };
    }
    return { state: { running: { startedAt: began } }, lastState: {}, ready: true, started: true };
  };
  const containerStatuses = spec.containers.map((container, i) => {
    const containerID = `containerd://${String(count).padStart(8, '0')}${String(i).repeat(56)}`;
    return {
      name: container.name,
      image: container.image,
      imageID: `sha256:${'ab'.repeat(32)}`,
      containerID,
      restartCount: restarts,
      ...stateOf(containerID),
    };
  });
  const isLost = state === 'lost';
  const base: Fields = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: metadata(name, namespace, age, {
      labels,
      ...(annotations ? { annotations } : {}),
      ...(owner ? ownedBy(owner) : {}),
      ...(owner && owner.kind !== 'Node' ? { generateName: name.replace(/[^-]*$/, '') } : {}),
      ...(isLost ? { deletionTimestamp: ago(870), deletionGracePeriodSeconds: 30 } : {}),
    }),
    spec: { ...bound, tolerations, ...template, ...(nodeName ? { nodeName } : {}) },
  };
  if (state === 'pending') {
    const message = '0/4 nodes are available: 1 node(s) had untolerated taint(s), 3 Insufficient cpu.';
    const scheduled = {
      type: 'PodScheduled',
      status: 'False',
      reason: 'Unschedulable',
      message,
      lastProbeTime: null,
      lastTransitionTime: ago(300),
    };
    return { ...base, status: { phase: 'Pending', qosClass: 'Burstable', conditions: [scheduled] } } as unknown as KubeObject;
  }
  return {
    ...base,
    status: {
      phase: state === 'succeeded' ? 'Succeeded' : 'Running',
      qosClass: 'BestEffort',
      startTime: began,
      hostIP: '172.18.0.5',
      hostIPs: [{ ip: '172.18.0.5' }],
      podIP: ip,
      podIPs: [{ ip }],
      conditions: [
        condition('PodReadyToStartContainers', state !== 'succeeded'),
        condition('Initialized', true, state === 'succeeded' ? { reason: 'PodCompleted' } : {}),
        condition('Ready', isReady, unready),
        condition('ContainersReady', isReady || isLost, isLost ? {} : unready),
        condition('PodScheduled', true),
        ...(isLost ? [condition('DisruptionTarget', true, { reason: 'DeletionByTaintManager' })] : []),
      ],
      containerStatuses,
    },
  } as unknown as KubeObject;
}

export function deployment(name: string, namespace: string, labels: Fields, spec: Fields, replicas: number, ready = replicas): KubeObject {
  const condition = (type: string, reason: string, message: string) => ({
    type,
    status: 'True',
    reason,
    message,
    lastTransitionTime: ago(5 * DAY),
    lastUpdateTime: ago(5 * DAY),
  });
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadata(name, namespace, 20 * DAY, {
      labels,
      generation: 3,
      annotations: { 'deployment.kubernetes.io/revision': '2' },
    }),
    spec: {
      progressDeadlineSeconds: 600,
      replicas,
      revisionHistoryLimit: 10,
      selector: { matchLabels: labels },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
      template: { metadata: { labels }, spec },
    },
    status: {
      observedGeneration: 3,
      replicas,
      updatedReplicas: replicas,
      ...(ready > 0 ? { readyReplicas: ready, availableReplicas: ready } : {}),
      ...(ready < replicas ? { unavailableReplicas: replicas - ready } : {}),
      conditions: [
        condition('Available', 'MinimumReplicasAvailable', 'Deployment has minimum availability.'),
        condition('Progressing', 'NewReplicaSetAvailable', `ReplicaSet "${name}-6f5d8c9b7" has successfully progressed.`),
      ],
    },
  } as KubeObject;
}

export function replicaSet(
  owner: KubeObject,
  hash: string,
  revision: number,
  spec: Fields,
  replicas: number,
  ready = replicas,
): KubeObject {
  const { name, namespace, labels } = owner.metadata;
  const all = { ...labels, 'pod-template-hash': hash };
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: metadata(`${name}-${hash}`, namespace, revision === 2 ? 5 * DAY : 20 * DAY, {
      labels: all,
      generation: 2,
      annotations: {
        'deployment.kubernetes.io/desired-replicas': String((owner.spec as { replicas: number }).replicas),
        'deployment.kubernetes.io/max-replicas': String(Math.ceil((owner.spec as { replicas: number }).replicas * 1.25)),
        'deployment.kubernetes.io/revision': String(revision),
      },
      ...ownedBy(owner),
    }),
    spec: { replicas, selector: { matchLabels: all }, template: { metadata: { labels: all }, spec } },
    status: {
      observedGeneration: 2,
      replicas,
      ...(replicas > 0 ? { fullyLabeledReplicas: replicas } : {}),
      ...(ready > 0 ? { readyReplicas: ready, availableReplicas: ready } : {}),
    },
  } as KubeObject;
}

/** Everything that one of the commands lists, nodes first. */
export function exampleCluster(): KubeObject[] {
  count = 0;
  const plane = node('plane', {
    labels: { 'node-role.kubernetes.io/control-plane': '' },
    taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }],
  });
  const workers = [node('worker-a', { labels: zone('a') }), node('worker-b', { labels: zone('b') })];
  const silent = node('worker-gone', { isReady: false, labels: zone('c') });
  return [plane, ...workers, silent, ...systemOf(plane), ...shop(), ...database(), ...batch(), ...foreign()];
}

const zone = (letter: string) => ({ 'topology.kubernetes.io/zone': `eu-1${letter}` });

function systemOf(plane: KubeObject): KubeObject[] {
  const statics = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'].map((name) =>
    pod(
      `${name}-plane`,
      'kube-system',
      podSpec([{ name, image: `registry.k8s.io/${name}:v1.34.0`, command: [name, '--v=2'], resources: { requests: { cpu: '100m' } } }], {
        hostNetwork: true,
        priorityClassName: 'system-node-critical',
        priority: 2_000_001_000,
        tolerations: [{ effect: 'NoExecute', operator: 'Exists' }],
      }),
      {
        owner: plane,
        labels: { component: name, tier: 'control-plane' },
        annotations: { 'kubernetes.io/config.mirror': 'a1b2c3', 'kubernetes.io/config.source': 'file' },
        nodeName: 'plane',
        age: 30 * DAY,
        ip: '172.18.0.7',
        restarts: 1,
      },
    ),
  );
  const labels = { 'k8s-app': 'kube-proxy' };
  const spec = podSpec([{ name: 'kube-proxy', image: 'registry.k8s.io/kube-proxy:v1.34.0', command: ['/usr/local/bin/kube-proxy'] }], {
    hostNetwork: true,
    priorityClassName: 'system-node-critical',
    serviceAccount: 'kube-proxy',
    serviceAccountName: 'kube-proxy',
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    tolerations: [{ operator: 'Exists' }],
  });
  const proxy = {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: metadata('kube-proxy', 'kube-system', 30 * DAY, {
      labels,
      generation: 1,
      annotations: { 'deprecated.daemonset.template.generation': '1' },
    }),
    spec: {
      revisionHistoryLimit: 10,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec },
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
    },
    status: {
      currentNumberScheduled: 4,
      desiredNumberScheduled: 4,
      numberAvailable: 3,
      numberMisscheduled: 0,
      numberReady: 3,
      numberUnavailable: 1,
      observedGeneration: 1,
      updatedNumberScheduled: 4,
    },
  } as KubeObject;
  const daemons = ['plane', 'worker-a', 'worker-b', 'worker-gone'].map((nodeName) => {
    const affinity = {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [nodeName] }] }],
        },
      },
    };
    const running = { owner: proxy, labels: { ...labels, 'controller-revision-hash': '7c4bf9ddd5', 'pod-template-generation': '1' } };
    const made = pod(
      `kube-proxy-${nodeName.slice(-5)}`,
      'kube-system',
      { ...spec, priority: 2_000_001_000, affinity },
      { ...running, nodeName, age: 30 * DAY },
    );
    if (nodeName !== 'worker-gone') return made;
    const status = made.status as { readonly conditions: readonly { readonly type: string }[] };
    const conditions = status.conditions.map((one) =>
      one.type === 'Ready' ? { ...one, status: 'False', lastTransitionTime: ago(1200) } : one,
    );
    return { ...made, status: { ...status, conditions } };
  });
  return [...statics, proxy, ...daemons];
}

function shop(): KubeObject[] {
  const labels = { app: 'web' };
  const container = (tag: string) => ({
    name: 'web',
    image: `registry.example.com/shop/web:${tag}`,
    ports: [{ containerPort: 8080, protocol: 'TCP' }],
    readinessProbe: {
      httpGet: { path: '/ready', port: 8080, scheme: 'HTTP' },
      failureThreshold: 3,
      periodSeconds: 10,
      successThreshold: 1,
      timeoutSeconds: 1,
    },
    resources: { requests: { cpu: '200m', memory: '128Mi' } },
  });
  const spec = podSpec([container('2.4')], { priorityClassName: 'shop-high', serviceAccount: 'web', serviceAccountName: 'web' });
  const web = deployment('web', 'shop', labels, spec, 3);
  const old = replicaSet(web, '5b9c7d6f4', 1, podSpec([container('2.3')]), 0);
  const today = replicaSet(web, '6f5d8c9b7', 2, spec, 3);
  const made = { owner: today, labels: { ...labels, 'pod-template-hash': '6f5d8c9b7' } };
  const cut = (suffix: string, nodeName: string, ip: string) =>
    pod(`web-6f5d8c9b7-${suffix}`, 'shop', { ...spec, priority: 1000 }, { ...made, nodeName, ip });
  const budget = {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: metadata('web', 'shop', 20 * DAY, { generation: 1 }),
    spec: { minAvailable: 2, selector: { matchLabels: labels } },
    status: {
      conditions: [
        {
          type: 'DisruptionAllowed',
          status: 'True',
          reason: 'SufficientPods',
          message: '',
          lastTransitionTime: ago(5 * DAY),
          observedGeneration: 1,
        },
      ],
      currentHealthy: 3,
      desiredHealthy: 2,
      disruptionsAllowed: 1,
      expectedPods: 3,
      observedGeneration: 1,
    },
  } as KubeObject;
  const scaler = {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: metadata('web', 'shop', 20 * DAY),
    spec: {
      minReplicas: 2,
      maxReplicas: 8,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } }],
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    },
    status: {
      currentReplicas: 3,
      desiredReplicas: 3,
      lastScaleTime: ago(2 * DAY),
      currentMetrics: [{ type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: 68, averageValue: '136m' } } }],
      conditions: [
        {
          type: 'AbleToScale',
          status: 'True',
          reason: 'ReadyForNewScale',
          message: 'recommended size matches current size',
          lastTransitionTime: ago(20 * DAY),
        },
      ],
    },
  } as KubeObject;
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata('web', 'shop', 20 * DAY),
    spec: {
      clusterIP: '10.43.17.9',
      clusterIPs: ['10.43.17.9'],
      internalTrafficPolicy: 'Cluster',
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 8080 }],
      selector: labels,
      sessionAffinity: 'None',
      type: 'ClusterIP',
    },
    status: { loadBalancer: {} },
  } as KubeObject;
  const replaced = pod(
    'web-6f5d8c9b7-zz9qk',
    'shop',
    { ...spec, priority: 1000 },
    { ...made, nodeName: 'worker-gone', ip: '10.244.3.4', state: 'lost' },
  );
  const hungry = podSpec([
    { name: 'report', image: 'registry.example.com/shop/report:1', resources: { requests: { cpu: '16', memory: '64Mi' } } },
  ]);
  return [
    web,
    old,
    today,
    cut('4kd2p', 'worker-a', '10.244.1.4'),
    cut('8xw7m', 'worker-b', '10.244.2.4'),
    cut('r2v9c', 'worker-a', '10.244.1.5'),
    replaced,
    budget,
    scaler,
    service,
    pod('report', 'shop', hungry, { state: 'pending', age: 300 }),
    pod('broken', 'shop', podSpec([{ name: 'broken', image: 'registry.example.com/shop/broken:1' }]), {
      nodeName: 'worker-b',
      ip: '10.244.2.9',
      state: 'crashing',
      restarts: 41,
      age: 9000,
    }),
  ];
}

function database(): KubeObject[] {
  const labels = { app: 'db' };
  const spec = podSpec([{ name: 'db', image: 'postgres:17', volumeMounts: [{ mountPath: '/data', name: 'data' }] }]);
  const claimSpec = {
    accessModes: ['ReadWriteOnce'],
    resources: { requests: { storage: '8Gi' } },
    storageClassName: 'fast',
    volumeMode: 'Filesystem',
  };
  const set = {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: metadata('db', 'shop', 20 * DAY, { generation: 1, labels }),
    spec: {
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      podManagementPolicy: 'OrderedReady',
      replicas: 2,
      revisionHistoryLimit: 10,
      selector: { matchLabels: labels },
      serviceName: 'db',
      template: { metadata: { labels }, spec },
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
      volumeClaimTemplates: [
        { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data' }, spec: claimSpec, status: { phase: 'Pending' } },
      ],
    },
    status: {
      availableReplicas: 2,
      collisionCount: 0,
      currentReplicas: 2,
      currentRevision: 'db-84b6d9c5f7',
      observedGeneration: 1,
      readyReplicas: 2,
      replicas: 2,
      updateRevision: 'db-84b6d9c5f7',
      updatedReplicas: 2,
    },
  } as KubeObject;
  return [set, ...[0, 1].flatMap((ordinal) => database1(set, ordinal, spec, claimSpec))];
}

function database1(set: KubeObject, ordinal: number, spec: Fields, claimSpec: Fields): KubeObject[] {
  const name = `db-${ordinal}`;
  const claim = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: metadata(`data-${name}`, 'shop', 20 * DAY, {
      labels: { app: 'db' },
      annotations: { 'pv.kubernetes.io/bind-completed': 'yes', 'pv.kubernetes.io/bound-by-controller': 'yes' },
      finalizers: ['kubernetes.io/pvc-protection'],
    }),
    spec: { ...claimSpec, volumeName: `pvc-0d6b3f2e-${ordinal}` },
    status: { phase: 'Bound', accessModes: ['ReadWriteOnce'], capacity: { storage: '8Gi' } },
  } as KubeObject;
  const labels = {
    app: 'db',
    'apps.kubernetes.io/pod-index': String(ordinal),
    'controller-revision-hash': 'db-84b6d9c5f7',
    'statefulset.kubernetes.io/pod-name': name,
  };
  const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: `data-${name}` } }];
  const made = pod(
    name,
    'shop',
    { ...spec, hostname: name, subdomain: 'db', volumes },
    {
      owner: set,
      labels,
      nodeName: ordinal === 0 ? 'worker-a' : 'worker-b',
      ip: `10.244.${1 + ordinal}.20`,
    },
  );
  return [claim, made];
}

function batch(): KubeObject[] {
  const own = metadata('migrate', 'shop', 4000, {
    generation: 1,
    labels: { 'batch.kubernetes.io/job-name': 'migrate', 'job-name': 'migrate' },
  });
  const labels = { 'batch.kubernetes.io/controller-uid': own.uid, 'batch.kubernetes.io/job-name': 'migrate' };
  const job = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: own,
    spec: {
      backoffLimit: 6,
      completionMode: 'NonIndexed',
      completions: 1,
      manualSelector: false,
      parallelism: 1,
      podReplacementPolicy: 'TerminatingOrFailed',
      selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': own.uid } },
      suspend: false,
      template: {
        metadata: { labels: { ...labels, 'controller-uid': own.uid, 'job-name': 'migrate' } },
        spec: podSpec([{ name: 'migrate', image: 'registry.example.com/shop/migrate:1' }], { restartPolicy: 'Never' }),
      },
    },
    status: {
      completionTime: ago(3980),
      conditions: ['SuccessCriteriaMet', 'Complete'].map((type) => ({
        type,
        status: 'True',
        reason: 'CompletionsReached',
        message: 'Reached expected number of succeeded pods',
        lastProbeTime: ago(3980),
        lastTransitionTime: ago(3980),
      })),
      ready: 0,
      startTime: ago(4000),
      succeeded: 1,
      terminating: 0,
      uncountedTerminatedPods: {},
    },
  } as KubeObject;
  const done = pod(
    'migrate-x7b2k',
    'shop',
    podSpec([{ name: 'migrate', image: 'registry.example.com/shop/migrate:1' }], { restartPolicy: 'Never' }),
    {
      owner: job,
      labels,
      nodeName: 'worker-b',
      ip: '10.244.2.30',
      state: 'succeeded',
      age: 4000,
    },
  );
  const cron = {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: metadata('nightly', 'shop', 20 * DAY, { generation: 1 }),
    spec: {
      concurrencyPolicy: 'Forbid',
      failedJobsHistoryLimit: 1,
      jobTemplate: {
        spec: {
          template: { spec: podSpec([{ name: 'nightly', image: 'registry.example.com/shop/nightly:1' }], { restartPolicy: 'OnFailure' }) },
        },
      },
      schedule: '30 3 * * *',
      successfulJobsHistoryLimit: 3,
      suspend: false,
    },
    status: { lastScheduleTime: ago(22_290), lastSuccessfulTime: ago(22_200) },
  } as KubeObject;
  return [job, done, cron];
}

/** Kinds of operators, and a pod whose owner is one. */
function foreign(): KubeObject[] {
  const rollout: KubeObject = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: metadata('canary', 'shop', DAY),
    spec: { replicas: 1 },
  };
  const owned = pod('canary-1', 'shop', podSpec([{ name: 'canary', image: 'registry.example.com/shop/canary:1' }]), {
    owner: rollout,
    nodeName: 'worker-a',
    ip: '10.244.1.40',
  });
  return [rollout, owned];
}
