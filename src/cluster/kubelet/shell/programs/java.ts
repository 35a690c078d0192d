// java: runs the main classes that are known, as if they were programs.
import type { Program } from '../program.ts';
import { cassandra, nodetool } from './cassandra.ts';
import { zooKeeper, zooKeeperShell } from './zookeeper.ts';

const MAIN_CLASSES: Readonly<Record<string, Program>> = {
  'org.apache.zookeeper.server.quorum.QuorumPeerMain': zooKeeper,
  'org.apache.zookeeper.ZooKeeperMain': zooKeeperShell,
  'org.apache.cassandra.service.CassandraDaemon': cassandra,
  'org.apache.cassandra.tools.NodeTool': nodetool,
};

/** Options stand before the class, and one of them takes a word. */
function mainClass(args: readonly string[]): string | undefined {
  return args.find((word, i) => !word.startsWith('-') && args[i - 1] !== '-cp');
}

function programOf(args: readonly string[]): Program | undefined {
  const name = mainClass(args) ?? '';
  return Object.hasOwn(MAIN_CLASSES, name) ? MAIN_CLASSES[name] : undefined;
}

export const java: Program = {
  run(call) {
    const program = programOf(call.args);
    if (program) return program.run(call);
    call.err(`Error: Could not find or load main class ${mainClass(call.args) ?? ''}\n`);
    return 1;
  },
  onSignal: (call, signal) => programOf(call.args)?.onSignal?.(call, signal),
  answer: (call, asked, port) => programOf(call.args)?.answer?.(call, asked, port) ?? { status: 400, headers: {}, body: '', afterMs: 0 },
};
