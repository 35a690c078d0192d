// env and printenv.

import { own } from '../own.ts';
import { instant, type Program } from '../program.ts';
import { becomeOther } from '../spawn.ts';

export const env: Program = {
  run(call) {
    const rest = [...call.args];
    const { environment } = call.process;
    for (let word = rest[0]; word !== undefined && (word.startsWith('-') || word.includes('=')); word = rest[0]) {
      rest.shift();
      if (word === '-i' || word === '-') for (const name of Object.keys(environment)) delete environment[name];
      else if (word === '-u') delete environment[rest.shift() ?? ''];
      else if (word.includes('=')) environment[word.slice(0, word.indexOf('='))] = word.slice(word.indexOf('=') + 1);
    }
    if (rest.length > 0) return becomeOther(call, rest);
    call.out(list(environment));
    return 0;
  },
};

export const printenv = instant((call) => {
  const { environment } = call.process;
  if (call.args.length === 0) call.out(list(environment));
  let status = 0;
  for (const name of call.args) {
    if (own(environment, name) === undefined) status = 1;
    else call.out(`${environment[name]}\n`);
  }
  return status;
});

function list(environment: Readonly<Record<string, string>>): string {
  return Object.entries(environment)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}
