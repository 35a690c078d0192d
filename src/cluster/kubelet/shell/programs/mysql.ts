// mysql, mysqladmin: clients of mysqld; ncat, xbstream and xtrabackup as its images use them to copy one server's data to another.
import type { Call, Outcome } from '../call.ts';
import { absolutePath } from '../disk.ts';
import { addressesOf, answerOf, connect, LATENCY_MS, listen, request } from '../network.ts';
import { optionValue } from '../options.ts';
import type { Program } from '../program.ts';
import { readAll } from '../readAll.ts';
import { askServer, MYSQL_PORT, type Result } from './mysqlTables.ts';

export const mysql: Program = {
  run(call): Outcome {
    const host = optionValue(call, '-h', '--host') ?? 'localhost';
    const text = optionValue(call, '-e', '--execute') ?? readAll(call, []);
    if (typeof text !== 'string') return text;
    const [address] = addressesOf(call.kernel, host);
    if (address === undefined) return refused(call, `2005 (HY000): Unknown MySQL server host '${host}' (-2)`);
    const { answer } = askServer(call, address, text);
    if (typeof answer === 'string') return refused(call, `2003 (HY000): Can't connect to MySQL server on '${host}:${MYSQL_PORT}' (111)`);
    if (answer.status !== 200) return refused(call, answer.body);
    for (const result of JSON.parse(answer.body) as Result[]) if (result.columns.length > 0) print(call, result);
    return 0;
  },
};

function refused(call: Call, text: string): number {
  call.err(`ERROR ${text}\n`);
  return 1;
}

/** A table where it is looked at, and else columns with tabs. */
function print(call: Call, { columns, rows }: Result): void {
  const lines = [columns, ...rows];
  if (!call.isTerminal) return call.out(lines.map((line) => `${line.join('\t')}\n`).join(''));
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
  const rule = `+${widths.map((width) => '-'.repeat(width + 2)).join('+')}+\n`;
  const [head = '', ...body] = lines.map((line) => `|${line.map((text, i) => ` ${text.padEnd(widths[i] ?? 0)} `).join('|')}|\n`);
  call.out(rule + head + rule + body.join('') + (body.length > 0 ? rule : ''));
}

export const mysqladmin: Program = {
  run(call): Outcome {
    const host = optionValue(call, '-h', '--host') ?? 'localhost';
    const { atMs } = call.remember(() => ({ atMs: call.nowMs + LATENCY_MS }));
    if (atMs > call.nowMs) return { untilMs: atMs };
    const [address] = addressesOf(call.kernel, host);
    if (address !== undefined && connect(call.kernel, address, MYSQL_PORT).state === 'open') {
      call.out('mysqld is alive\n');
      return 0;
    }
    return call.fail(`connect to server at '${host}' failed\nerror: 'Can't connect to MySQL server on '${host}' (111)'`);
  },
};

// Copies --------------------------------------------------------------------------------------------------------------------

const DATA = '/var/lib/mysql';
const BINARY_LOG = { file: 'mysql-0-bin.000003', position: 154 };

/** All files of the data folder as one text, and at which place of the source's log it was taken. */
function backup(call: Call): string {
  const files: [string, string][] = [];
  const walk = (folder: string) => {
    for (const name of call.files.list(`${DATA}${folder}`)) {
      const entry = call.files.stat(`${DATA}${folder}/${name}`);
      if (entry?.type === 'folder') walk(`${folder}/${name}`);
      else if (entry && !/^(xtrabackup_|change_master_to|master\.info)/.test(name)) files.push([`${folder}/${name}`, entry.text]);
    }
  };
  walk('');
  const { file, position } = BINARY_LOG;
  const place: [string, string] = call.files.stat(`${DATA}/master.info`)
    ? ['/xtrabackup_slave_info', `CHANGE MASTER TO MASTER_LOG_FILE='${file}', MASTER_LOG_POS=${position};\n`]
    : ['/xtrabackup_binlog_info', `${file}\t${position}\n`];
  return JSON.stringify([...files, place]);
}

/** Limitation: the command after `-c` is taken to be xtrabackup. */
export const ncat: Program = {
  run(call): Outcome {
    const [host = '', port = ''] = call.args.filter((word, i) => !word.startsWith('-') && call.args[i - 1] !== '-c');
    if (call.args.includes('--listen') || call.args.includes('-l'))
      return listen(call.kernel, call.process, Number(host)) ? {} : call.fail('bind to :::0: Address already in use. QUITTING.', 2);
    const [address] = addressesOf(call.kernel, host);
    if (address === undefined) return call.fail(`Could not resolve hostname "${host}": Name or service not known. QUITTING.`, 2);
    const { ip } = call.kernel.sandbox;
    const { answer } = request(call.kernel, address, Number(port), { method: 'GET', path: '/', host, headers: {}, body: '', from: ip });
    if (typeof answer === 'string') return call.fail('Connection refused.', 1);
    call.out(answer.body);
    return 0;
  },
  answer: (call) => answerOf(200, backup(call)),
};

export const xbstream: Program = {
  run(call): Outcome {
    const text = readAll(call, []);
    if (typeof text !== 'string') return text;
    const folder = call.path(optionValue(call, '-C', '--directory') ?? '.');
    for (const [path, content] of text === '' ? [] : (JSON.parse(text) as [string, string][])) {
      const whole = absolutePath(`${folder}${path}`, '');
      const parts = whole.split('/');
      for (let i = 2; i < parts.length; i++) {
        const above = parts.slice(0, i).join('/');
        if (!call.files.stat(above)) call.files.makeFolder(above, 0o750);
      }
      call.files.put(whole, () => ({ type: 'file', text: content, mode: 0o640, atMs: call.nowMs }));
    }
    return 0;
  },
};

export const xtrabackup: Program = {
  run(call): Outcome {
    if (call.args.includes('--backup')) call.out(backup(call));
    call.err('completed OK!\n');
    return 0;
  },
};
