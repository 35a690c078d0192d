// kubectl describe pod. Models kubectl/pkg/describe/describe.go describePod.
import { humanAge } from '../../kube/duration.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import { describeContainers, describeResources, describeSpread } from './containers.ts';
import { describeEvents } from './events.ts';
import { controllerText, dateOf, type Page, type Surroundings } from './page.ts';
import { describeVolumes } from './volumes.ts';

export function describePod(pod: Pod, page: Page, around: Surroundings): void {
  const { metadata, spec, status } = pod;
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace ?? '');
  if (spec.priority !== undefined) page.field(0, 'Priority', spec.priority);
  if (spec.priorityClassName) page.field(0, 'Priority Class Name', spec.priorityClassName);
  const { runtimeClassName } = spec as { readonly runtimeClassName?: string };
  if (runtimeClassName) page.field(0, 'Runtime Class Name', runtimeClassName);
  if (spec.serviceAccountName) page.field(0, 'Service Account', spec.serviceAccountName);
  page.field(0, 'Node', spec.nodeName ? `${spec.nodeName}/${status.hostIP ?? ''}` : '<none>');
  if (status.startTime) page.field(0, 'Start Time', dateOf(status.startTime));
  page.labels('Labels', metadata.labels);
  page.annotations('Annotations', metadata.annotations);
  describePhase(pod, page, around);
  describeAddresses(pod, page);
  if (controllerText(pod)) page.field(0, 'Controlled By', controllerText(pod));
  if (status.nominatedNodeName) page.field(0, 'NominatedNodeName', status.nominatedNodeName);
  if (spec.resources) {
    page.line(0, 'Resources:');
    describeResources(spec.resources, page, 1);
  }
  if (spec.initContainers?.length) describeContainers('Init Containers', spec.initContainers, status.initContainerStatuses, pod, page, '');
  describeContainers('Containers', spec.containers, status.containerStatuses, pod, page, '');
  if (spec.ephemeralContainers?.length) {
    describeContainers('Ephemeral Containers', spec.ephemeralContainers, status.ephemeralContainerStatuses, pod, page, '');
  }
  describeConditions(pod, page);
  describeVolumes(spec.volumes, page, '');
  page.field(0, 'QoS Class', status.qosClass ?? 'BestEffort');
  page.labels('Node-Selectors', spec.nodeSelector);
  page.tolerations('Tolerations', spec.tolerations);
  describeSpread(spec.topologySpreadConstraints, page, '');
  describeEvents(pod, page, around);
}

function describePhase({ metadata, spec, status }: Pod, page: Page, around: Surroundings): void {
  const isFinished = status.phase === 'Failed' || status.phase === 'Succeeded';
  if (metadata.deletionTimestamp && !isFinished) {
    page.field(0, 'Status', `Terminating (lasts ${humanAge(metadata.deletionTimestamp, around.nowMs)})`);
    page.field(0, 'Termination Grace Period', `${metadata.deletionGracePeriodSeconds ?? 0}s`);
  } else page.field(0, 'Status', status.phase ?? '');
  if (status.reason) page.field(0, 'Reason', status.reason);
  if (status.message) page.field(0, 'Message', status.message);
  const seccomp = spec.securityContext?.seccompProfile as { type?: string; localhostProfile?: string } | undefined;
  if (seccomp) page.field(0, 'SeccompProfile', seccomp.type ?? '');
  if (seccomp?.type === 'Localhost') page.field(0, 'LocalhostProfile', seccomp.localhostProfile ?? '');
}

function describeAddresses({ status }: Pod, page: Page): void {
  page.field(0, 'IP', status.podIP ?? '');
  if (!status.podIPs?.length) page.field(0, 'IPs', '<none>');
  else {
    page.line(0, 'IPs:');
    for (const { ip } of status.podIPs) page.field(1, 'IP', ip);
  }
}

function describeConditions({ spec, status }: Pod, page: Page): void {
  if (spec.readinessGates?.length) {
    page.line(0, 'Readiness Gates:\n  Type\tStatus');
    for (const { conditionType } of spec.readinessGates) {
      const condition = status.conditions?.find(({ type }) => type === conditionType);
      page.line(1, `${conditionType} \t${condition?.status ?? '<none>'} `);
    }
  }
  if (!status.conditions?.length) return;
  page.line(0, 'Conditions:\n  Type\tStatus');
  for (const { type, status: value } of status.conditions) page.line(1, `${type} \t${value} `);
}
