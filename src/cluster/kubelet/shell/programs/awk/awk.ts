// awk: patterns and actions for each line of files or of the input.
import type { Call } from '../call.ts';
import { filter } from '../filter.ts';
import { type Options, readOptions } from '../options.ts';
import type { Program } from '../program.ts';
import { RegexError } from '../regex.ts';
import { unescaped } from '../scanner.ts';
import { AwkMachine, type AwkState, newAwkState } from './awkMachine.ts';
import { AwkMistake, type Rule, readAwk } from './awkSyntax.ts';

interface Choice {
  readonly options: Options;
  readonly rules: readonly Rule[];
  readonly files: readonly string[];
}

function choose(call: Call): Choice | number {
  const options = readOptions(call, '+F:v:f:');
  if (typeof options === 'number') return options;
  const files = [...options.operands];
  const source = options.has('f') ? call.read(options.value('f') ?? '') : files.shift();
  if (source === undefined) return call.fail('no program given');
  const rules = readAwk(source);
  // Without a rule for lines nothing is read.
  const isReading = rules.some(({ when }) => when !== 'begin');
  return { options, rules, files: isReading ? files : ['/dev/null'] };
}

function begin({ options, rules }: Choice, call: Call): AwkState {
  const assigned = Object.fromEntries(
    (options.given['v'] ?? []).map((word) => [word.slice(0, word.indexOf('=')), unescaped(word.slice(word.indexOf('=') + 1))]),
  );
  const separator = options.value('F');
  const state = newAwkState({ ...assigned, ...(separator !== undefined && { FS: unescaped(separator) }) });
  state.arrays['ENVIRON'] = { ...call.process.environment };
  new AwkMachine(rules, state, call.kernel.world).runAll('begin');
  flush(state, call);
  return state;
}

function flush(state: AwkState, call: Call): void {
  call.out(state.printed);
  state.printed = '';
}

const lines = filter<Choice, AwkState>({
  choose,
  operands: ({ files }) => files,
  begin,
  line(line, state, { rules }, call) {
    if (state.exitCode !== undefined) return 'enough';
    new AwkMachine(rules, state, call.kernel.world).runLine(line);
    flush(state, call);
    return state.exitCode === undefined ? undefined : 'enough';
  },
  end(state, { rules }, call) {
    new AwkMachine(rules, state, call.kernel.world).runAll('end');
    flush(state, call);
    return state.exitCode;
  },
});

export const awk: Program = {
  run(call) {
    try {
      return lines.run(call);
    } catch (error) {
      if (!(error instanceof AwkMistake || error instanceof RegexError)) throw error;
      return call.fail(`cmd. line:1: ${error.message}`);
    }
  },
};
