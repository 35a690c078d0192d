// How kubectl words what went wrong. Models kubectl/pkg/cmd/util/helpers.go (checkErr, StandardErrorMessage, MultilineError).
import { ApiError } from '../kube/errors.ts';

/** A mistake that kubectl itself finds: printed as `error: message`. */
export class CommandError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.name = 'CommandError';
    this.exitCode = exitCode;
  }
}

/** Several things went wrong, one line each, without `error: ` before them. */
export class CommandErrors extends Error {
  readonly errors: readonly Error[];

  constructor(errors: readonly Error[]) {
    super(errors.map((error) => error.message).join('\n'));
    this.name = 'CommandErrors';
    this.errors = errors;
  }
}

/** The server could not reach the kubelet: printed as `Error from server: message`. */
export class Unreachable extends Error {}

/** A wrong use of a command; `path` is the command with its parents, e.g. `kubectl rollout undo`. */
export function usageError(path: string, message: string): CommandError {
  return new CommandError(`${message}\nSee '${path} -h' for help and examples`);
}

/** The same server error, with what was being done: `error when creating "STDIN": …`. Models cmdutil.AddSourceToErr. */
export function withSource(error: ApiError, doing: string, source: string): ApiError {
  return new ApiError(error.reason, `error when ${doing} "${source}": ${error.message}`, error.details);
}

/** Throws nothing for no errors, the error itself for one, all of them for several: what kubectl does after a loop. */
export function throwAll(errors: readonly Error[]): void {
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new CommandErrors(errors);
}

/** What kubectl writes to stderr for an error that ends it; undefined where the error is none of kubectl's. */
export function textOfError(error: unknown): string | undefined {
  if (error instanceof CommandErrors) return error.errors.map((each) => `${lineOf(each)}\n`).join('');
  if (error instanceof ApiError) return `${error.reason === 'Invalid' ? textOfInvalid(error) : lineOf(error)}\n`;
  if (error instanceof Unreachable) return `Error from server: ${error.message}\n`;
  if (error instanceof CommandError) return `${error.message.startsWith('error: ') ? '' : 'error: '}${error.message}\n`;
  return undefined;
}

function lineOf(error: Error): string {
  if (error instanceof ApiError && error.reason === 'Unauthorized') return `error: You must be logged in to the server (${error.message})`;
  return error instanceof ApiError ? `Error from server (${error.reason}): ${error.message}` : error.message;
}

/** `The Pod "x" is invalid: …`: one mistake on the line, several as a list under it. */
function textOfInvalid(error: ApiError): string {
  const found = /(\S+) "([^"]*)" is invalid/.exec(error.message);
  const subject = error.details.subject ?? (found ? `${(found[1] as string).split('.')[0]} "${found[2]}"` : undefined);
  const start = subject ? `The ${subject} is invalid` : 'The request is invalid';
  const causes = [...new Set((error.details.causes ?? []).map((cause) => `${cause.field}: ${cause.text}`))];
  if (causes.length === 0) return subject ? start : `${start}: ${error.message}`;
  if (causes.length === 1) return `${start}: ${causes[0]}`;
  return [`${start}: `, ...causes.map((cause) => `* ${cause}`)].join('\n');
}
