// A line of the terminal that needs a shell: pipes, variables, files, several commands. Each such line runs in a bash of its own on a
// machine beside the cluster, where `kubectl` is a program; what it leaves (variables, functions, the folder, files) the next one finds.
// Limitation: what runs in the background ends with its line.
import { INTERRUPT } from '../../cluster/intents.ts';
import type { Call, Outcome } from '../../cluster/kubelet/shell/call.ts';
import { archiveOf, baseOf, type Disk, fileEntry, parentOf } from '../../cluster/kubelet/shell/disk.ts';
import { tools } from '../../cluster/kubelet/shell/late.ts';
import type { Process, Sandbox, Shell } from '../../cluster/kubelet/shell/process.ts';
import {
  advance,
  execInBox,
  interruptSession,
  isAwaitingInput,
  nextWakeMs,
  shellAtPrompt,
  startBox,
  takeOutput,
  writeInput,
} from '../../cluster/kubelet/shell/runtime.ts';
import { newSandbox } from '../../cluster/kubelet/shell/sandbox.ts';
import { shellQuoted } from '../../cluster/kubelet/shell/words.ts';
import type { World } from '../../cluster/kubelet/shell/world.ts';
import { type Client, type CommandStep, END_OF_INPUT, type Running } from '../command.ts';
import { startKubectl } from '../run.ts';
import { withTexts } from './texts.ts';

/** The client of one kubectl command, which signs what it does with its own line. */
export type ClientOf = (line: string, stdin: string | undefined) => Client;

/** What lines leave to each other. */
interface Left {
  readonly shell: Partial<Shell>;
  readonly environment: Readonly<Record<string, string>>;
  readonly directory: string;
}

const BOX = 'terminal';
const HOME = '/root';
const SPEC = {
  name: BOX,
  image: 'podarium/terminal',
  run: 0,
  command: ['sleep', 'infinity'],
  // It prompts nobody: the page does.
  environment: { HOME, PS1: '', PS2: '' },
  workingDir: HOME,
  mounts: [],
  capabilities: { held: '0', bounding: '0' },
};

export class TerminalShell {
  private left: Left | undefined;
  /** What they write: of the machine's own files all are there again for the next line. */
  private readonly disk: Disk = new Map();

  /** Runs a line, or several; ends with the status of the last. Throws MissingPart before anything comes of it. */
  run(text: string, client: Client, clientOf: ClientOf): Running {
    tools.get();
    return new ShellLine(client, clientOf, this.disk, this.left, (left) => (this.left = left)).run(text);
  }
}

class ShellLine {
  private readonly client: Client;
  private readonly clientOf: ClientOf;
  private readonly left: Left | undefined;
  private readonly onEnd: (left: Left) => void;
  private readonly disk: Disk;
  private readonly sandbox: Sandbox = newSandbox(BOX, '127.0.0.1');
  private readonly world: World;
  /** The kubectl commands that run, by their processes. */
  private readonly running = new Map<Process, Running>();
  /** What they ask of whoever runs the line. */
  private asked: CommandStep[] = [];

  constructor(client: Client, clientOf: ClientOf, disk: Disk, left: Left | undefined, onEnd: (left: Left) => void) {
    this.client = client;
    this.clientOf = clientOf;
    this.disk = disk;
    this.left = left;
    this.onEnd = onEnd;
    let draws = 0;
    this.world = {
      get nowMs() {
        return client.nowMs;
      },
      // A line is no part of the world, and takes nothing from its chance.
      random: () => (Math.imul(++draws, 0x9e3779b1) >>> 0) / 2 ** 32,
      disk: () => undefined,
      resolve: () => undefined,
      connect: () => 'unreachable',
      request: () => 'unreachable',
      programs: { kubectl: { run: (call) => this.runKubectl(call) } },
    };
  }

  *run(text: string): Running {
    const { sandbox, world } = this;
    const { id, process } = this.begin();
    writeInput(sandbox, id, `${text}\n`);
    let exitCode: number | undefined;
    try {
      while (exitCode === undefined) {
        advance(sandbox, world);
        for (const { stream, text: printed } of takeOutput(sandbox, id)) yield { type: stream, text: printed };
        const asked = this.asked.splice(0);
        yield* asked;
        exitCode = sandbox.sessions[id]?.exitCode ?? shellAtPrompt(sandbox, id)?.status;
        if (asked.some(({ type }) => type === 'load')) this.wake();
        else if (exitCode === undefined) yield* this.wait(id);
      }
      return exitCode;
    } finally {
      if (exitCode === undefined) {
        interruptSession(sandbox, id, world);
        for (const command of this.running.values()) command.return(130);
      }
      if (process.body.type === 'shell') this.onEnd(leftBy(process, process.body, exitCode ?? 130));
    }
  }

  private begin(): { readonly id: number; readonly process: Process } {
    const { sandbox, world, left, disk } = this;
    startBox(sandbox, SPEC, world);
    Object.assign(sandbox.boxes[BOX] ?? {}, { layer: disk });
    const session = execInBox(sandbox, BOX, ['bash', '-i'], { isInputOpen: true }, world);
    if ('message' in session) throw new Error(session.message);
    const process = sandbox.processes.find((each) => each.id === session.process) as Process;
    if (left) {
      Object.assign(process.body, structuredClone(left.shell));
      process.environment = { ...left.environment };
      process.directory = left.directory;
    }
    return { id: session.id, process };
  }

  /** Until there is something to go on with: time, a change of the world, or what is typed. */
  private *wait(id: number): Generator<CommandStep, void, void> {
    const { sandbox, world } = this;
    if (isAwaitingInput(sandbox, id)) {
      const typed = this.client.inside?.typed?.();
      if (typed === INTERRUPT) return void interruptSession(sandbox, id, world);
      if (typed !== undefined) {
        const [given = '', ...rest] = typed.split(END_OF_INPUT);
        return writeInput(sandbox, id, given, rest.length > 0);
      }
      yield { type: 'terminal' };
    }
    const untilMs = nextWakeMs(sandbox, world);
    yield untilMs === undefined ? { type: 'wait' } : { type: 'wait', untilMs };
    this.wake();
  }

  /** Lets the kubectl commands look again at what they wait for. */
  private wake(): void {
    for (const process of this.running.keys()) process.wait = undefined;
  }

  private runKubectl(call: Call): Outcome {
    const { process } = call;
    let command = this.running.get(process);
    if (!command) {
      const {
        args,
        stdin,
        input: from,
      } = withTexts(
        call.args,
        (path) => call.read(path, () => {}),
        (path) => folderArchive(call, path),
      );
      const memory = call.remember(() => ({ input: stdin }));
      if (from === 'all' || (from === 'piped' && !this.isAtTerminal(process))) {
        const input = call.takeInput();
        memory.input = (memory.input ?? '') + (input?.text ?? '');
        if (!input?.isAtEnd) return call.inputWait;
      }
      const words = ['kubectl', ...args];
      command = startKubectl(words, memory.input, this.clientOf(words.map(shellQuoted).join(' '), memory.input));
      this.running.set(process, command);
    }
    return this.goOn(call, command);
  }

  /** Whether its input is what is typed. */
  private isAtTerminal({ descriptors }: Process): boolean {
    const input = descriptors[0];
    return input?.type === 'pipe' && Object.values(this.sandbox.sessions).some((session) => session.input === input.id);
  }

  private keep(call: Call, name: string, text: string): void {
    const path = call.path(name);
    call.attempt(name, () => {
      call.files.makeFolders(parentOf(path));
      call.files.put(path, () => fileEntry(text, call.nowMs));
    });
  }

  private goOn(call: Call, command: Running): Outcome {
    for (;;) {
      const { done, value } = command.next();
      if (done) {
        this.running.delete(call.process);
        return value;
      }
      if (value.type === 'wait') return value.untilMs === undefined ? {} : { untilMs: value.untilMs };
      if (value.type === 'stdout') call.out(value.text);
      else if (value.type === 'stderr') call.err(value.text);
      else if (value.type === 'file') this.keep(call, value.path, value.text);
      else this.asked.push(value);
      if (value.type === 'load') return {};
      if (!call.isEnded) continue;
      // Nobody reads what it prints any more.
      command.return(141);
      this.running.delete(call.process);
      return 141;
    }
  }
}

function leftBy({ environment, directory }: Process, body: Shell, status: number): Left {
  const { variables, exported, readonlyNames, keyed, functions, aliases, switches = [], folders = [], options, startedMs } = body;
  const shell = { variables, exported, readonlyNames, keyed, functions, aliases, switches, folders, options, startedMs, status };
  return { shell: structuredClone(shell), environment: { ...environment }, directory };
}

/** All that is in a folder of the terminal, as one text; undefined: it is none. */
function folderArchive(call: Call, name: string): string | undefined {
  const path = call.path(name);
  return call.files.stat(path)?.type === 'folder' ? archiveOf(call.files.members(path, baseOf(path))) : undefined;
}
