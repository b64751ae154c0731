/** The name of a model, its star filled with what that stands for; without that as it is. */
export function namedModel(model: string, star: string | undefined): string {
  return star === undefined ? model : model.replace('*', () => star);
}
