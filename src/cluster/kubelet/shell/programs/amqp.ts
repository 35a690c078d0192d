// RabbitMQ: queues of messages in memory; amqp-declare-queue, amqp-publish and amqp-consume of amqp-tools; rabbitmq-diagnostics.
// Leaves out: exchanges, messages that come back where a consumer fails, users.
import type { Call, Outcome } from '../call.ts';
import { formatDate } from '../dates.ts';
import { newPipe } from '../descriptors.ts';
import { answerOf, LATENCY_MS, parseUrl, post } from '../network.ts';
import { optionValue } from '../options.ts';
import { instant, type Program } from '../program.ts';
import { keptBy, MEBIBYTE, server } from '../server.ts';
import { endOf, startChild } from '../spawn.ts';
import type { HttpAnswer } from '../world.ts';

const PORT = 5672;
const START_MS = 6000;
const ASK_AGAIN_MS = 500;

const queues = (call: Call) => keptBy(call, () => new Map<string, string[]>());

export const rabbitMq: Program = server({
  startMs: START_MS,
  ports: () => [PORT],
  onPortTaken: (call) => call.fail('Failed to start Ranch listener on [::]:5672 - error: eaddrinuse (address already in use)'),
  memoryBytes: 130 * MEBIBYTE,
  cpuMilli: 8,
  signals: { TERM: 0, INT: 0 },
  onReady(call) {
    const stamp = `${formatDate(call.nowMs, '%Y-%m-%d %H:%M:%S')}.000000+00:00 [info] <0.8.0>`;
    call.out(`${stamp} started TCP listener on [::]:${PORT}\n${stamp} Server startup complete; 4 plugins started.\n`);
  },
  answer(call, { path, body }) {
    const { queue = '', message = '' } = JSON.parse(body) as { readonly queue?: string; readonly message?: string };
    const all = queues(call);
    const found = all.get(queue);
    if (path === '/declare') all.set(queue, found ?? []);
    else if (path === '/publish') found?.push(message);
    else if (!found) return answerOf(404, `no queue '${queue}' in vhost '/'`);
    return answerOf(200, path === '/consume' ? JSON.stringify(found?.shift() ?? null) : '');
  },
});

/** What the broker answers; a number: nobody is there, which was said. */
function ask(call: Call, action: string, body: object): HttpAnswer | number {
  const url = parseUrl(optionValue(call, '--url', '-u') ?? 'amqp://localhost');
  const port = url?.authority.includes(':') ? url.port : PORT;
  const answer = url && post(call, url.host, port, `/${action}`, JSON.stringify(body));
  if (!url || answer === undefined) return call.fail('logging in to AMQP server: could not resolve hostname');
  if (typeof answer === 'string') return call.fail(`opening socket to ${url.host}:${port}: Connection refused`);
  return answer.status === 200 ? answer : call.fail(`server channel error 404, message: NOT_FOUND - ${answer.body}`);
}

/** After the way there and back. */
function later(call: Call, act: () => number): Outcome {
  const { atMs } = call.remember(() => ({ atMs: call.nowMs + LATENCY_MS }));
  return atMs > call.nowMs ? { untilMs: atMs } : act();
}

export const amqpDeclareQueue: Program = {
  run: (call) =>
    later(call, () => {
      const queue = optionValue(call, '-q', '--queue') ?? '';
      const answer = ask(call, 'declare', { queue });
      if (typeof answer === 'number') return answer;
      call.out(`${queue}\n`);
      return 0;
    }),
};

export const amqpPublish: Program = {
  run: (call) =>
    later(call, () => {
      const answer = ask(call, 'publish', {
        queue: optionValue(call, '-r', '--routing-key') ?? '',
        message: optionValue(call, '-b', '--body') ?? '',
      });
      return typeof answer === 'number' ? answer : 0;
    }),
};

interface Consuming {
  left: number;
  child: number | undefined;
  askMs: number;
}

const TAKING_WORDS = new Set(['-q', '--queue', '-c', '--count', '-u', '--url', '-p', '--prefetch-count']);

/** Each message is the input of a command of its own. */
export const amqpConsume: Program = {
  run(call): Outcome {
    const command = call.args.slice(call.args.findIndex((word, i) => !word.startsWith('-') && !TAKING_WORDS.has(call.args[i - 1] ?? '')));
    const count = Number(optionValue(call, '-c', '--count') ?? Number.POSITIVE_INFINITY);
    const memory = call.remember<Consuming>(() => ({ left: count, child: undefined, askMs: call.nowMs + LATENCY_MS }));
    for (;;) {
      if (memory.child !== undefined) {
        const status = endOf(call, memory.child);
        if (status === undefined) return { children: [memory.child] };
        memory.child = undefined;
        memory.left--;
      }
      if (memory.left <= 0) return 0;
      if (memory.askMs > call.nowMs) return { untilMs: memory.askMs };
      const answer = ask(call, 'consume', { queue: optionValue(call, '-q', '--queue') ?? '' });
      if (typeof answer === 'number') return answer;
      const message = JSON.parse(answer.body) as string | null;
      if (message === null) {
        memory.askMs = call.nowMs + ASK_AGAIN_MS;
        continue;
      }
      const { id, read } = newPipe(call.kernel);
      const pipe = call.kernel.sandbox.pipes[id];
      if (pipe) pipe.text = message;
      memory.child = startChild(call, command, { ...call.process.descriptors, 0: read });
      if (memory.child === undefined) return 1;
    }
  },
};

/** `ping` and the checks that probes run: whether the broker listens. */
export const rabbitMqDiagnostics = instant((call) => {
  const isUp = call.kernel.sandbox.listeners.some(({ port }) => port === PORT);
  if (!isUp) return call.fail('unable to perform an operation on node. Please see diagnostics information and suggestions below.', 69);
  if (!call.args.includes('-q')) call.out('Ping succeeded\n');
  return 0;
});
