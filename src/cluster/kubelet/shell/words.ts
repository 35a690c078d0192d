// Words as a shell writes them out so that it could read them again.

export function shellQuoted(text: string): string {
  return text !== '' && /^[\w@%+=:,./-]+$/.test(text) ? text : singleQuoted(text);
}

export function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", `'"'"'`)}'`;
}
