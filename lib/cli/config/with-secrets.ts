/** What is wrong, by its path; added to. */
export type Problems = string[];

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The value with every `os.environ/NAME` and `${NAME}` in its texts replaced by that variable of the environment, so that a configuration
 * holds no keys. A variable that is not set is a problem.
 */
export function withSecrets(value: unknown, env: Env, problems: Problems, path = ''): unknown {
  if (typeof value === 'string') return filled(value, env, problems, path);
  if (Array.isArray(value)) return value.map((one, i) => withSecrets(one, env, problems, `${path}[${String(i)}]`));
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([name, one]) => {
    return [name, withSecrets(one, env, problems, path === '' ? name : `${path}.${name}`)] as const;
  });
  return Object.fromEntries(fields);
}

function filled(text: string, env: Env, problems: Problems, path: string): string {
  const of = (name: string): string => {
    const value = env[name];
    if (value === undefined || value === '') problems.push(`${path}: the environment has no ${name}: set it`);
    return value ?? '';
  };
  const whole = /^os\.environ\/(\w+)$/.exec(text)?.[1];
  return whole === undefined ? text.replace(/\$\{(\w+)\}/g, (_, name: string) => of(name)) : of(whole);
}
