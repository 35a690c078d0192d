// What an API server refuses, in its own words. Models apimachinery/pkg/api/errors/errors.go and util/validation/field/errors.go.

export type ApiErrorReason =
  | 'AlreadyExists'
  | 'BadRequest'
  | 'Conflict'
  | 'Forbidden'
  | 'Gone'
  | 'InternalError'
  | 'Invalid'
  | 'MethodNotAllowed'
  | 'NotFound'
  | 'RequestEntityTooLarge'
  | 'TooManyRequests'
  | 'Unauthorized'
  | 'UnsupportedMediaType';

/** What a server says of a verb that a kind does not have. */
export const NOT_ALLOWED = 'the server does not allow this method on the requested resource';

export class ApiError extends Error {
  readonly reason: ApiErrorReason;
  readonly details: {
    readonly retryAfterSeconds?: number;
    readonly causes?: readonly FieldError[];
    /** What it is about, where the message does not say it as usual: `deployments "web"`. */
    readonly subject?: string;
  };

  constructor(reason: ApiErrorReason, message: string, details: ApiError['details'] = {}) {
    super(message);
    this.name = 'ApiError';
    this.reason = reason;
    this.details = details;
  }
}

export type FieldErrorType =
  | 'Required value'
  | 'Invalid value'
  | 'Duplicate value'
  | 'Unsupported value'
  | 'Forbidden'
  | 'Too long'
  | 'Too many'
  | 'Too few'
  | 'Not found'
  | 'Internal error';

/** One mistake in one field; `text` is the whole sentence after the field's path, e.g. `Invalid value: "x": must be …`. */
export interface FieldError {
  readonly type: FieldErrorType;
  readonly field: string;
  readonly text: string;
}
