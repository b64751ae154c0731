/** To come. */
export async function writeReport(results: string, page: string): Promise<void> {
  await Promise.reject(new Error(`${results} ${page}`));
}
