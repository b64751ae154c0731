import type { Tool } from '../../domain/request';

type Schema = Readonly<Record<string, unknown>>;

/**
 * The tools as OpenAI's models read them: functions of a TypeScript namespace. The format is not documented; it was found by asking the models,
 * and gives the published counts to the token (the cookbook's examples, and those of openai-chat-tokens for o200k_base).
 */
export function functionTypes(tools: readonly Tool[]): string {
  const types = tools.map(({ function: { name, description, parameters } }) => {
    const comment = description ? `// ${description}\n` : '';
    const fields = fieldsOf(parameters ?? {}, 0);
    return `${comment}type ${name} = ${fields === '' ? '() => any' : `(_: {\n${fields}\n}) => any`};\n\n`;
  });
  return `namespace functions {\n\n${types.join('')}} // namespace functions`;
}

function fieldsOf(schema: Schema, indent: number): string {
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  const margin = ' '.repeat(indent);
  return Object.entries(recordIn(schema['properties']))
    .map(([name, value]) => {
      const field = recordIn(value);
      const description = field['description'];
      const isTold = typeof description === 'string' && description !== '' && indent < 2; // deeper ones are not shown to the model
      const comment = isTold ? `${margin}// ${description}\n` : '';
      return `${comment}${margin}${name}${required.includes(name) ? '' : '?'}: ${typeOf(field, indent)},`;
    })
    .join('\n');
}

function typeOf(schema: Schema, indent: number): string {
  const { type, enum: values, items } = schema;
  const choices = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(values)) return values.map((value) => JSON.stringify(value)).join(' | ');
  if (Array.isArray(choices)) return choices.map((choice) => typeOf(recordIn(choice), indent)).join(' | ');
  if (Array.isArray(type)) return type.map((one) => typeOf({ ...schema, type: one as unknown }, indent)).join(' | ');
  if (type === 'array') return items === undefined ? 'any[]' : `${typeOf(recordIn(items), indent)}[]`;
  if (type === 'object') return `{\n${fieldsOf(schema, indent + 2)}\n${' '.repeat(indent)}}`;
  if (type === 'integer') return 'number';
  return type === 'string' || type === 'number' || type === 'boolean' || type === 'null' ? type : 'any';
}

function recordIn(value: unknown): Schema {
  return typeof value === 'object' && value !== null ? (value as Schema) : {};
}
