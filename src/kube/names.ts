// Which texts may be names, labels and keys, and the sentences that refuse the others.
// Models apimachinery/pkg/util/validation/validation.go and apimachinery/pkg/api/validate/content.

const QUALIFIED_NAME = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const LABEL_VALUE = `(${QUALIFIED_NAME})?`;
const DNS_LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const DNS_1035_LABEL = '[a-z]([-a-z0-9]*[a-z0-9])?';
const DNS_SUBDOMAIN = `${DNS_LABEL}(\\.${DNS_LABEL})*`;
const ENV_NAME = '[ -<>-~]+';
const CONFIG_KEY = '[-._a-zA-Z0-9]+';

const whole = (pattern: string) => new RegExp(`^${pattern}$`);
const qualifiedName = whole(QUALIFIED_NAME);
const labelValue = whole(LABEL_VALUE);
const dnsLabel = whole(DNS_LABEL);
const dns1035Label = whole(DNS_1035_LABEL);
const dnsSubdomain = whole(DNS_SUBDOMAIN);
const envName = whole(ENV_NAME);
const configKey = whole(CONFIG_KEY);

/** Models validation.RegexError: `(e.g. 'a',  or 'b', regex used for validation is '…')`; the double blank is Kubernetes' own. */
function regexError(message: string, pattern: string, ...examples: string[]): string {
  if (examples.length === 0) return `${message} (regex used for validation is '${pattern}')`;
  const list = examples.map((example, i) => (i === 0 ? `'${example}', ` : ` or '${example}', `)).join('');
  return `${message} (e.g. ${list}regex used for validation is '${pattern}')`;
}

export const maxLengthError = (length: number): string => `must be no more than ${length} characters`;
const maxBytesError = (length: number): string => `must be no more than ${length} bytes`;
const MUST_NOT_BE_EMPTY = 'must be non-empty';

/** A name that was left out reads as the empty one, as Go has it. */
export type NameRule = (text: string | undefined) => readonly string[];

const dnsLabelError = regexError(
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
  DNS_LABEL,
  'my-name',
  '123-abc',
);
const dnsSubdomainError = regexError(
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
  DNS_SUBDOMAIN,
  'example.com',
);
const dns1035LabelError = regexError(
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
  DNS_1035_LABEL,
  'my-name',
  'abc-123',
);

export const isDns1123Label: NameRule = (text = '') => [
  ...(text.length > 63 ? [maxLengthError(63)] : []),
  ...(dnsLabel.test(text) ? [] : [dnsSubdomain.test(text) ? 'must not contain dots' : dnsLabelError]),
];

/** Labels of old, as DNS wants them in names of versions, resources and kinds. */
export const isDns1035Label: NameRule = (text = '') => [
  ...(text.length > 63 ? [maxLengthError(63)] : []),
  ...(dns1035Label.test(text) ? [] : [dns1035LabelError]),
];

export const isDns1123Subdomain: NameRule = (text = '') => [
  ...(text.length > 253 ? [maxLengthError(253)] : []),
  ...(dnsSubdomain.test(text) ? [] : [dnsSubdomainError]),
];

const WILDCARD_SUBDOMAIN = `\\*\\.${DNS_SUBDOMAIN}`;
const wildcardSubdomain = whole(WILDCARD_SUBDOMAIN);
const wildcardError = regexError(
  "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character",
  WILDCARD_SUBDOMAIN,
  '*.example.com',
);
/** `*.example.com`: the hosts of an Ingress. */
export const isWildcardSubdomain: NameRule = (text = '') => [
  ...(text.length > 253 ? [maxLengthError(253)] : []),
  ...(wildcardSubdomain.test(text) ? [] : [wildcardError]),
];

export const isQualifiedName: NameRule = (text = '') => {
  const errors: string[] = [];
  const parts = text.split('/');
  if (parts.length > 2) {
    return [
      `a qualified name ${regexError(
        "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
        QUALIFIED_NAME,
        'MyName',
        'my.name',
        '123-abc',
      )} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  }
  const [prefix, name] = parts.length === 2 ? (parts as [string, string]) : [undefined, text];
  if (prefix === '') errors.push(`prefix part ${MUST_NOT_BE_EMPTY}`);
  else if (prefix !== undefined) errors.push(...isDns1123Subdomain(prefix).map((error) => `prefix part ${error}`));
  if (name === '') errors.push(`name part ${MUST_NOT_BE_EMPTY}`);
  else if (name.length > 63) errors.push(`name part ${maxBytesError(63)}`);
  if (!qualifiedName.test(name)) {
    errors.push(
      `name part ${regexError(
        "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
        QUALIFIED_NAME,
        'MyName',
        'my.name',
        '123-abc',
      )}`,
    );
  }
  return errors;
};

export const isLabelValue: NameRule = (text = '') => [
  ...(text.length > 63 ? [maxBytesError(63)] : []),
  ...(labelValue.test(text)
    ? []
    : [
        regexError(
          "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
          LABEL_VALUE,
          'MyValue',
          'my_value',
          '12345',
        ),
      ]),
];

export const isEnvVarName: NameRule = (text = '') =>
  envName.test(text) ? [] : ["a valid environment variable name must consist only of printable ASCII characters other than '='"];

export const isConfigMapKey: NameRule = (text = '') => {
  if (text.length > 253) return [maxLengthError(253)];
  if (!configKey.test(text)) {
    return [
      regexError(
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
        CONFIG_KEY,
        'key.name',
        'KEY_NAME',
        'key-name',
      ),
    ];
  }
  if (text === '.') return ["must not be '.'"];
  if (text === '..') return ["must not be '..'"];
  return text.startsWith('..') ? ["must not start with '..'"] : [];
};

/** A port's name. Models validation.IsValidPortName. */
export const isPortName: NameRule = (text = '') => {
  const errors: string[] = [];
  if (text.length > 15) errors.push(maxLengthError(15));
  if (!/^[-a-z0-9]+$/.test(text)) errors.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  if (!/[a-z]/.test(text)) errors.push('must contain at least one letter (a-z)');
  if (text.includes('--')) errors.push('must not contain consecutive hyphens');
  if (text.startsWith('-') || text.endsWith('-')) errors.push('must not begin or end with a hyphen');
  return errors;
};

export const isPortNumber = (port: number): boolean => port >= 1 && port <= 65535;
export const PORT_NUMBER_ERROR = 'must be between 1 and 65535, inclusive';

/** For names that become parts of paths: roles, priority groups. Models path.IsValidPathSegmentName. */
export const isPathSegmentName: NameRule = (text = '') => {
  if (text === '.' || text === '..') return [`may not be '${text}'`];
  return ['/', '%'].filter((part) => text.includes(part)).map((part) => `may not contain '${part}'`);
};

/** A `generateName` may end in a dash, which the random suffix then follows. */
export const maskTrailingDash = (text: string): string => (text.length > 1 && text.endsWith('-') ? `${text.slice(0, -2)}a` : text);
